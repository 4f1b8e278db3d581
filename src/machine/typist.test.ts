import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Typist } from './typist.ts';

test('a typist goes on when bash asks for the rest of a command', async () => {
  const prompt = 'root@node-1:~# ';
  let heard: ((bytes: Uint8Array) => void) | undefined;
  const answers = ["cat <<'END'\r\n\x1b[?2004l\r\x1b[?2004h> ", `END\r\n\x1b[?2004l\rtext\r\n\x1b[?2004h${prompt}`];
  const typist = new Typist({
    write: () => void queueMicrotask(() => heard?.(new TextEncoder().encode(answers.shift() ?? ''))),
    read: (listener) => { heard = listener; },
    transcript: () => prompt, boots: () => [prompt], boot: 0,
  });
  assert.equal(await typist.type("cat <<'END'"), '');
  assert.equal(await typist.type('END'), 'text');
});
