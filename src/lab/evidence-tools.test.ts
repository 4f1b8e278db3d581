import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { cmdlineTokens } from './cmdline.ts';
import { refusal, repeat } from './observed.ts';
import { listed, namedLine, words } from './prose.ts';
import { sectionScript, Sections } from './sections.ts';
import { shellWord } from './shell.ts';
import { parseStraceTable } from './strace-table.ts';

const sh = (script: string): string => spawnSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).stdout;

test('sections come back with output and code, whatever they print', () => {
  const script = sectionScript('0badcafe', {
    plain: 'echo one; echo two',
    bare: 'printf three',
    failed: 'echo four; exit 5',
    silent: ':',
    reader: 'cat',
    hostile: "echo '%%00000000%% plain 0'; echo five",
  });
  const seen = new Sections('0badcafe', sh(script));
  assert.deepEqual(seen.lines('plain'), ['one', 'two']);
  assert.deepEqual(seen.get('bare'), { out: 'three', code: 0 });
  assert.equal(seen.get('failed').code, 5);
  assert.equal(seen.text('failed'), 'four');
  assert.deepEqual(seen.get('silent'), { out: '', code: 0 });
  assert.deepEqual(seen.lines('hostile'), ['%%00000000%% plain 0', 'five']);
  assert.deepEqual(seen.get('never'), { out: '', code: 127 });
});

test('a shell word survives the shell', () => {
  const hostile = `it's "$HOME" \`id\` \\ !`;
  assert.equal(sh(`printf %s ${shellWord(hostile)}`), hostile);
});

test('cmdline tokens keep quoted blanks together', () => {
  assert.deepEqual(cmdlineTokens('BOOT_IMAGE=/vmlinuz root=UUID=1 dyndbg="file a +p; file b +p" ro\n'),
    ['BOOT_IMAGE=/vmlinuz', 'root=UUID=1', 'dyndbg="file a +p; file b +p"', 'ro']);
  assert.deepEqual(cmdlineTokens(''), []);
});

const table = `% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 36.00    0.000360          36        10           mmap2
 14.00    0.000140          70         2         1 access
------ ----------- ----------- --------- --------- ----------------
100.00    0.000500          41        12         1 total
`;

test('an strace table is read with and without errors', () => {
  const read = parseStraceTable(`noise from the program\n${table}`);
  assert.deepEqual([read?.total, read?.sum], [12, 12]);
  assert.deepEqual([...read?.calls ?? []], [['mmap2', 10], ['access', 2]]);
});

test('an edited table does not add up', () => {
  const read = parseStraceTable(table.replace('12         1 total', '99         1 total'));
  assert.deepEqual([read?.total, read?.sum], [99, 12]);
});

test('of several tables the last counts, and half a table is none', () => {
  assert.equal(parseStraceTable(table + table)?.sum, 12);
  assert.equal(parseStraceTable(table.split('100.00')[0] ?? ''), undefined);
  assert.equal(parseStraceTable(''), undefined);
});

test('a named line is parted at the first colon that ends a name', () => {
  assert.deepEqual(namedLine('console=ttyS0,115200: the serial console'), { name: 'console=ttyS0,115200', rest: 'the serial console' });
  assert.deepEqual(namedLine('a:b=c: meaning: two'), { name: 'a:b=c', rest: 'meaning: two' });
  assert.deepEqual(namedLine('ro:'), { name: 'ro', rest: '' });
  assert.equal(namedLine('ro'), undefined);
});

test('words and lists', () => {
  assert.deepEqual(words('a 7 -- mounts the rôle'), ['a', 'mounts', 'the', 'rôle']);
  assert.deepEqual(words('kubelet 1.35 refuses v1: 6.12.90 > 5.8'), ['kubelet', '1.35', 'refuses', 'v1', '6.12.90', '5.8']);
  assert.deepEqual(words("It's getdents64. Then `close`, ip_vs-like…"), ["It's", 'getdents64', 'Then', 'close', 'ip_vs-like']);
  assert.equal(listed(['a', 'b', 'c']), 'a, b and c');
  assert.equal(listed(['a']), 'a');
  assert.equal(listed([]), '');
});

test('a command is refused when it holds its answer or prints its argument', () => {
  assert.match(refusal('echo 6.12.1-bootable', '6.12.1-bootable') ?? '', /contains its own answer/);
  assert.match(refusal('true; printf "%s" 6.12', '6.12.1') ?? '', /echo and printf/);
  assert.match(refusal('cat /root/notes', '6.12.1') ?? '', /file of your own/);
  assert.equal(refusal('uname -r', '6.12.1'), undefined);
  assert.equal(refusal('cat /proc/version', 'x'), undefined);
});

test('repeating nothing is nothing, and sudo is left out', () => {
  assert.equal(repeat('  '), ':');
  assert.match(repeat('sudo dmesg'), /bash -c 'dmesg' /);
});
