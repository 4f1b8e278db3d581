import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeShell } from './fake-shell.ts';
import { typeCommands } from './type-commands.ts';

/** A console with a shell that knows su, exit, cd and a program that keeps the console. */
function shell(prompt = 'root@node-1:~# ') {
  let at = prompt;
  return fakeShell(prompt, (line) => {
    if (line === 'su - student') at = 'student@node-1:~$ ';
    if (line === 'exit') at = prompt;
    if (line === 'cd /tmp') at = 'root@node-1:/tmp# ';
    return [`${line}\r\n${line === 'cat' ? '' : line.endsWith('\\') ? '> ' : `did ${line}\r\n${at}`}`];
  });
}

const never = new AbortController().signal;
const command = (prompt: string, ...lines: string[]) => ({ prompt, lines });

test('commands are typed one after the other, each as the user that the page shows', async () => {
  const { channel, typed, listeners } = shell();
  await typeCommands(channel, [command('#', 'uname -r'), command('$', 'id'), command('$', 'echo a \\', 'b'), command('#', 'dmesg')], never);
  assert.deepEqual(typed, ['uname -r', 'su - student', 'id', 'echo a \\', 'b', 'exit', 'dmesg']);
  assert.equal(listeners.size, 0);
});

test('a prompt with a folder is typed at in that folder only', async () => {
  const { channel, typed } = shell();
  await assert.rejects(typeCommands(channel, [command('root@node-1:/tmp#', 'ls')], never), /prompt root@node-1:~#, and this is typed at root@node-1:\/tmp#/);
  assert.deepEqual(typed, []);
  await typeCommands(channel, [command('#', 'cd /tmp'), command('root@node-1:/tmp#', 'ls')], never);
  assert.deepEqual(typed, ['cd /tmp', 'ls']);
});

test('into a console that something else has, nothing is typed', async () => {
  for (const [before, why] of [['cat\r\n', /busy with a program/], ['root@node-1:~# half a li', /busy with a program/], ['grub> ', /at the prompt grub>/]] as const) {
    const { channel, typed } = shell(before);
    await assert.rejects(typeCommands(channel, [command('#', 'uname -r')], never), why);
    assert.deepEqual(typed, []);
  }
  const { channel, typed } = shell('grub> ');
  await assert.rejects(typeCommands(channel, [command('(initramfs)', 'ls')], never), /this is typed at \(initramfs\)/);
  assert.deepEqual(typed, []);
});

test('a command that keeps the console is left alone when the signal says so, and nothing more is typed', async () => {
  const { channel, typed } = shell();
  const stop = new AbortController();
  const typing = typeCommands(channel, [command('#', 'cat'), command('#', 'uname -r')], stop.signal);
  stop.abort(new Error('the reader typed'));
  await assert.rejects(typing, /the reader typed/);
  assert.deepEqual(typed, ['cat']);
});
