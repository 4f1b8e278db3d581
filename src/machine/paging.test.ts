import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DIRECTORY, fakeCpu, TABLE } from './fake-memory.ts';
import { physicalMemory } from './memory.ts';
import { bits, walk, type Control } from './paging.ts';

const memory = physicalMemory(fakeCpu({ pid: 1, name: 'init' }).mem8);
const control: Control = { cr0: 0x80000011, cr3: DIRECTORY, cr4: 0x10 };
const end = (address: number, registers: Partial<Control> = {}) => walk(address, { ...control, ...registers }, memory).end;

test('a page of 4 KiB takes two levels, and both have to allow what is allowed', () => {
  assert.deepEqual(walk(0x08048123, control, memory), {
    address: 0x08048123,
    levels: [{ table: 'PDE', index: 0x20, at: DIRECTORY + 0x80, entry: TABLE | 0x67 }, { table: 'PTE', index: 0x48, at: TABLE + 0x120, entry: 0x3025 }],
    end: { kind: 'mapped', physical: 0x3123, size: 4096, writable: false, user: true },
  });
  assert.deepEqual(end(0x08049fff), { kind: 'mapped', physical: 0x4fff, size: 4096, writable: true, user: true });
});

test('a page of 4 MiB takes one level, where CR4.PSE allows it', () => {
  const { levels, end: found } = walk(0xc0234567, control, memory);
  assert.equal(levels.length, 1);
  assert.deepEqual(found, { kind: 'mapped', physical: 0x234567, size: 4194304, writable: true, user: false });
  assert.equal(walk(0xc0234567, { ...control, cr4: 0 }, memory).levels.length, 2);
});

test('what is not present ends the walk at its level, with the entry as it stands', () => {
  assert.deepEqual(walk(0, control, memory), { address: 0, levels: [{ table: 'PDE', index: 0, at: DIRECTORY, entry: 0 }], end: { kind: 'unmapped' } });
  const swapped = walk(0x0804a010, control, memory);
  assert.deepEqual([swapped.levels[1]?.entry, swapped.end.kind], [0x00123402, 'unmapped']);
});

test('the highest address, and a table or directory that lies outside the memory', () => {
  assert.deepEqual(walk(0xffffffff, control, memory).levels.map(({ index, at }) => [index, at]), [[0x3ff, DIRECTORY + 0xffc]]);
  assert.deepEqual(end(0xc0400000), { kind: 'astray', at: 0x0ffff000 });
  assert.deepEqual(end(0x1000, { cr3: 0xfffff000 }), { kind: 'astray', at: 0xfffff000 });
});

test('without paging an address is the physical one; three levels are refused, not misread', () => {
  assert.deepEqual(end(0x7c00, { cr0: 0x11 }), { kind: 'flat', physical: 0x7c00 });
  assert.deepEqual(end(0x7c00, { cr4: 0x30 }), { kind: 'three-levels' });
});

test('the bits of an entry', () => {
  assert.deepEqual(bits(0x1e3), { present: true, writable: true, user: false, accessed: true, dirty: true, large: true, global: true });
  assert.deepEqual(Object.values(bits(0)), Array(7).fill(false));
});

test('the window of the old display and what is beyond the RAM are no memory', () => {
  const ram = physicalMemory(new Uint8Array(0x100000).fill(0x80));
  assert.deepEqual([0, 0x9fffc, 0x9fffe, 0xa0000, 0xbfffc, 0xc0000, 0xffffc, 0xffffe].map((at) => ram.word(at)),
    [0x80808080, 0x80808080, undefined, undefined, undefined, 0x80808080, 0x80808080, undefined]);
});
