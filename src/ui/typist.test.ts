import { test } from 'node:test';
import assert from 'node:assert/strict';
import type { Channel } from '../machine/channel.ts';
import { fakeShell } from './fake-shell.ts';
import { notAtPrompt } from './not-now.ts';
import { typeActs } from './typist.ts';

/** A console that echoes, answers each line by `answer`, and prompts again. */
const shell = (answer: (line: string) => string | undefined, before = 'root@node-1:~# ') => fakeShell(before, (line) => {
  const said = answer(line);
  return [line, '\r\n', said ?? '', said === undefined ? '' : 'root@node-1:~# '];
});

const machine = (console: Channel) => ({ console, reset: () => Promise.reject(new Error('not asked for')) });

test('each line is typed when the prompt is back', async () => {
  const { channel, typed, listeners } = shell((line) => `${line} done\r\n`);
  await typeActs(machine(channel), ['uname -r', 'lsmod']);
  assert.deepEqual(typed, ['uname -r', 'lsmod']);
  assert.equal(listeners.size, 0);
});

test('nothing is typed into a program', async () => {
  const { channel, typed } = shell(() => '', 'less: (END)');
  await assert.rejects(typeActs(machine(channel), ['uname -r']), notAtPrompt());
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
