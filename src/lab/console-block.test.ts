import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fenceAttributes, sessionLine, sessionLines } from './console-block.ts';

test('a prompt makes a command, everything else is output', () => {
  assert.deepEqual(sessionLine('# uname -r', undefined), { kind: 'command', prompt: '#', typed: 'uname -r' });
  assert.deepEqual(sessionLine('root@node-1:/sys/fs/cgroup# cat x', undefined),
    { kind: 'command', prompt: 'root@node-1:/sys/fs/cgroup#', typed: 'cat x' });
  assert.deepEqual(sessionLine('grub> ls', undefined), { kind: 'command', prompt: 'grub>', typed: 'ls' });
  assert.deepEqual(sessionLine('(initramfs) cat /proc/cmdline', undefined), { kind: 'command', prompt: '(initramfs)', typed: 'cat /proc/cmdline' });
  assert.equal(sessionLine('6.12.1-bootable', undefined).kind, 'output');
  assert.equal(sessionLine('#define X', undefined).kind, 'output');
});

test('> continues a command, and is output after output', () => {
  assert.deepEqual(sessionLines('# for x in 1; do\n> done\nout\n> a diff line').map(({ kind }) => kind), ['command', 'command', 'output', 'output']);
});

test('attributes are read from the fence', () => {
  assert.deepEqual(fenceAttributes(' mark="built in" machine="cold"'), { faults: [], mark: 'built in', machine: 'cold' });
  assert.deepEqual(fenceAttributes('not-run="needs x86-64"').reason, { kind: 'not-run', text: 'needs x86-64' });
  assert.deepEqual(fenceAttributes('recorded="kubectl, a 3-node cluster"').reason, { kind: 'recorded', text: 'kubectl, a 3-node cluster' });
  assert.deepEqual(fenceAttributes(''), { faults: [] });
});

test('what a fence should not say is named', () => {
  const found = (meta: string): string[] => fenceAttributes(meta).faults.map((fault) => fault.found);
  assert.deepEqual(found('not-run=""'), ['not-run without a reason']);
  assert.deepEqual(found('machine="none"'), ['machine="none" without a reason']);
  assert.deepEqual(found('machine="docker"'), ['machine="docker"']);
  assert.deepEqual(found('norun="x" mark'), ['"mark"', 'the attribute norun']);
  assert.deepEqual(found('mark="a" mark="b"'), ['mark twice']);
});
