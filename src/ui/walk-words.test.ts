import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endWords, hex, levelWords, parseAddress, spaceWords } from './walk-words.ts';

test('an address is hexadecimal, with or without 0x, and has at most 32 bits', () => {
  assert.deepEqual(['0', '0x8048000', 'C0100000', ' b7f0_1000 ', '000000000001', 'ffffffff'].map(parseAddress), [0, 0x8048000, 0xc0100000, 0xb7f01000, 1, 0xffffffff]);
  for (const [text, says] of [['', /Enter an address/], ['0x', /Enter an address/], ['main', /“main” is not hexadecimal/], ['-1', /not hexadecimal/], ['100000000', /eight/], ['1e9.5', /not hexadecimal/]] as const)
    assert.match(String(parseAddress(text)), says);
  assert.equal(hex(0xc0100000), '0xc0100000');
});

test('an entry is told bit by bit, as far as the processor heeds them', () => {
  assert.deepEqual(levelWords({ table: 'PDE', index: 32, at: 0x1080, entry: 0x2067 }, false),
    { name: 'PDE 32, at 0x00001080', value: '0x00002067', words: 'present, writable, user, accessed; its page table is at physical 0x00002000' });
  assert.equal(levelWords({ table: 'PTE', index: 72, at: 0x2120, entry: 0x3005 }, true).words, 'present, read-only, user, never accessed, clean; page frame 0x00003');
  assert.equal(levelWords({ table: 'PDE', index: 768, at: 0x1c00, entry: 0x004001e3 }, true).words, 'present, writable, kernel only, accessed, dirty, global; a page of 4 MiB at 0x00400000');
  assert.equal(levelWords({ table: 'PTE', index: 1, at: 0x2004, entry: 0 }, true).words, 'empty: not present');
  assert.match(levelWords({ table: 'PTE', index: 1, at: 0x2004, entry: 0x402 }, true).words, /^not present, and/);
});

test('the end says where, how large, and for whom', () => {
  const levels = [{ table: 'PDE', index: 0, at: 0, entry: 0x2067 }] as const;
  const end = (found: Parameters<typeof endWords>[0]['end']) => endWords({ address: 0x8048123, levels, end: found });
  assert.equal(end({ kind: 'mapped', physical: 0x3123, size: 4096, writable: false, user: true }),
    '0x08048123 lies at physical address 0x00003123, in a page of 4 KiB. Programs and the kernel may read it.');
  assert.match(end({ kind: 'mapped', physical: 0x3123, size: 4194304, writable: true, user: false }), /4 MiB\. Only the kernel may read and write it\.$/);
  assert.match(end({ kind: 'flat', physical: 1 }), /Paging is off/);
  assert.match(end({ kind: 'astray', at: 0xffff000 }), /0x0ffff000, where/);
});

test('no mapping has a reason, by the level and what stands there', () => {
  const why = (table: 'PDE' | 'PTE', entry: number) => endWords({ address: 0, levels: [{ table, index: 0, at: 0, entry }], end: { kind: 'unmapped' } });
  assert.match(why('PDE', 0), /no page table for the 4 MiB/);
  assert.match(why('PTE', 0), /entry in the page table is empty/);
  assert.match(why('PTE', 0xc160), /PROT_NONE/);
  assert.match(why('PTE', 0x123402), /swap/);
});

test('the tables belong to the running program, or to the one before a kernel thread', () => {
  const task = { pid: 7, thread: 7, name: 'sh', kernel: false, at: 0 };
  assert.equal(spaceWords({ slide: 0, task }), 'The tables are those of sh (pid 7).');
  assert.match(spaceWords({ slide: 0, task: { ...task, name: 'swapper', pid: 0, kernel: true } }), /program before: swapper \(pid 0\)/);
});
