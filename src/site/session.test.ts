import { test } from 'node:test';
import assert from 'node:assert/strict';
import { markOf, sessionLine } from './session.ts';

test('a prompt makes a command, everything else is output', () => {
  assert.deepEqual(sessionLine('# uname -r', undefined), { kind: 'command', prompt: '#', typed: 'uname -r' });
  assert.deepEqual(sessionLine('root@node-1:/sys/fs/cgroup# cat x', undefined),
    { kind: 'command', prompt: 'root@node-1:/sys/fs/cgroup#', typed: 'cat x' });
  assert.equal(sessionLine('6.12.1-bootable', undefined).kind, 'output');
  assert.equal(sessionLine('#define X', undefined).kind, 'output');
});

test('> continues a command, and is output after output', () => {
  assert.equal(sessionLine('> done', { kind: 'command', prompt: '#', typed: 'for x in 1; do' }).kind, 'command');
  assert.equal(sessionLine('> a diff line', { kind: 'output', text: '' }).kind, 'output');
});

test('the mark is read from the fence', () => {
  assert.equal(markOf('mark="built in" norun="x"'), 'built in');
  assert.equal(markOf('norun="x"'), undefined);
});
