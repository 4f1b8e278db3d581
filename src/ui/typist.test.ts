import { test } from 'node:test';
import assert from 'node:assert/strict';
import type { Channel } from '../machine/channel.ts';
import { NotAtPrompt, typeActs } from './typist.ts';

/** A console that echoes, answers each line by `answer`, and prompts again; in pieces as a serial line sends them. */
function shell(answer: (line: string) => string | undefined, before = 'root@node-1:~# ') {
  let transcript = before;
  const typed: string[] = [];
  const listeners = new Set<(data: Uint8Array) => void>();
  const say = (text: string) => {
    transcript += text;
    for (const listener of [...listeners]) listener(new TextEncoder().encode(text));
  };
  const channel: Channel = {
    write(data) {
      const line = String(data).replace(/\r$/, '');
      typed.push(line);
      queueMicrotask(() => {
        const said = answer(line);
        for (const piece of [line, '\r\n', said ?? '']) say(piece);
        if (said !== undefined) say('root@node-1:~# ');
      });
    },
    read(listener, signal) {
      listeners.add(listener);
      signal?.addEventListener('abort', () => listeners.delete(listener));
    },
    transcript: () => transcript,
    boots: () => [transcript],
    boot: 0,
  };
  return { channel, typed, listeners };
}

const machine = (console: Channel) => ({ console, reset: () => Promise.reject(new Error('not asked for')) });

test('each line is typed when the prompt is back', async () => {
  const { channel, typed, listeners } = shell((line) => `${line} done\r\n`);
  await typeActs(machine(channel), ['uname -r', 'lsmod']);
  assert.deepEqual(typed, ['uname -r', 'lsmod']);
  assert.equal(listeners.size, 0);
});

test('nothing is typed into a program', async () => {
  const { channel, typed } = shell(() => '', 'less: (END)');
  await assert.rejects(typeActs(machine(channel), ['uname -r']), NotAtPrompt);
  assert.deepEqual(typed, []);
});

test('a command that never ends is left by the signal', async () => {
  const { channel, typed, listeners } = shell(() => undefined);
  const control = new AbortController();
  const typing = typeActs(machine(channel), ['sleep inf', 'never'], control.signal);
  queueMicrotask(() => queueMicrotask(() => control.abort(new Error('left'))));
  await assert.rejects(typing, /left/);
  assert.deepEqual([typed, listeners.size], [['sleep inf'], 0]);
});
