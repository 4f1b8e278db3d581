import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LATE_PORT, pageOf, putAllBack, putBack, unpackLate, type Paged } from './late-pages.ts';
import { leavable, leaveOut, packLate } from './leave-out.ts';
import { physicalMemory } from './memory.ts';
import { walk } from './paging.ts';

// 8 MiB: two address spaces share a kernel in a large page (the first 4 MiB) and one in small pages (the second); a process has a page of the first as its vDSO.
const KERNEL = 0xc0000000;
const [DIRECTORY, OTHER, PROCESS, SMALL, IDT] = [0x3000, 0x4000, 0x5000, 0x6000, 0x7000];
const LARGE_ENTRY = 0x1a1;
const VDSO = 0x22000;
const CODE = 0x20000;
const PADDING = KERNEL + 0x1f040;
const HANDLER = 0xc0021230;
const PADDED = 64;

interface Fake extends Paged {
  readonly words: Uint32Array;
}

function fake(): Fake {
  const memory = new Uint8Array(8 << 20).map((_, at) => (at >= CODE ? at * 7 + (at >> 12) : 0));
  const words = new Uint32Array(memory.buffer);
  for (const directory of [DIRECTORY, OTHER]) {
    words[directory / 4 + 0x300] = LARGE_ENTRY | (directory === OTHER ? 0x40 : 0); // one processor's copy is marked as written to
    words[directory / 4 + 0x301] = SMALL | 0x63;
  }
  words[OTHER / 4 + 0x20] = PROCESS | 0x67;
  words[PROCESS / 4] = VDSO | 0x25;
  for (let n = 0; n < 1024; n++) words[SMALL / 4 + n] = (0x400000 + n * 0x1000) | 0x121;
  const view = new DataView(memory.buffer);
  view.setUint16(IDT + 14 * 8, HANDLER & 0xffff, true);
  view.setUint16(IDT + 14 * 8 + 6, HANDLER >>> 16, true);
  return { memory, words, control: { cr0: 0x80010011, cr3: DIRECTORY, cr4: 0x90 }, idt: KERNEL + IDT };
}

const handler = ({ memory }: Paged): number => {
  const view = new DataView(memory.buffer);
  return (view.getUint16(IDT + 14 * 8, true) | (view.getUint16(IDT + 14 * 8 + 6, true) << 16)) >>> 0;
};
const end = ({ memory, control }: Paged, address: number, cr3 = DIRECTORY) => walk(address, { ...control, cr3 }, physicalMemory(memory)).end;
const ranges = [[KERNEL + CODE - 16, KERNEL + CODE + 0x5800], [KERNEL + 0x400000, KERNEL + 0x403000]] as const;

test('whole pages of the kernel may be left out, but none that a process has too', () => {
  assert.deepEqual(leavable(fake(), ranges), [0x20, 0x21, 0x23, 0x24, 0x400, 0x401, 0x402]);
});

test('what is left out is not present, in any address space, and all else is as it was', () => {
  const paged = fake();
  leaveOut(paged, leavable(paged, ranges), PADDING);
  for (const cr3 of [DIRECTORY, OTHER]) {
    for (const gone of [0x20000, 0x24fff, 0x402000]) assert.deepEqual(end(paged, KERNEL + gone, cr3), { kind: 'unmapped' });
    for (const [here, writable] of [[0x1f040, false], [VDSO + 5, false], [0x3ff000, false], [0x403000, false]] as const) {
      assert.deepEqual(end(paged, KERNEL + here, cr3), { kind: 'mapped', physical: here, size: 4096, writable, user: false });
    }
  }
  assert.equal(paged.words[CODE / 4], 0);
  assert.equal(handler(paged), PADDING);
});

test('put back, memory is what it was but for the stub in the padding, also for an address space that was born meanwhile', () => {
  const [paged, before] = [fake(), fake()];
  const part = unpackLate(packLate(leaveOut(paged, leavable(paged, ranges), PADDING)));
  const BORN = 0x9000;
  paged.words.copyWithin(BORN / 4, OTHER / 4, OTHER / 4 + 1024);
  putAllBack(paged, part);
  assert.equal(paged.words[BORN / 4 + 0x300], LARGE_ENTRY);
  const changed = [...paged.memory.keys()].filter((at) => paged.memory[at] !== before.memory[at] && !(at >= BORN && at < BORN + 0x1000));
  const mark = OTHER + 4 * 0x300; // the mark of use, which the processor sets anew
  assert.deepEqual(changed.filter((at) => at !== mark && !(at >= PADDING - KERNEL && at < PADDING - KERNEL + PADDED)), []);
  assert.equal(handler(paged), HANDLER);
});

test('one page comes back by itself, unless a table stands in its frame', () => {
  const [paged, before] = [fake(), fake()];
  const part = leaveOut(paged, leavable(paged, ranges), PADDING);
  putBack(paged, part, 0x21);
  assert.equal(end(paged, KERNEL + 0x21000).kind, 'mapped');
  assert.equal(end(paged, KERNEL + 0x20000).kind, 'unmapped');
  assert.deepEqual(paged.memory.subarray(0x21000, 0x22000), before.memory.subarray(0x21000, 0x22000));
  assert.throws(() => putBack(paged, part, 0x402), /page table stands/);
  putBack(paged, part, 0x700); // never left out
});

test('the stub lets other faults through, and asks for its own at the port', () => {
  const paged = fake();
  leaveOut(paged, [0x20, 0x24], PADDING);
  const code = paged.memory.subarray(PADDING - KERNEL, PADDING - KERNEL + PADDED);
  const hex = Buffer.from(code).toString('hex');
  assert.match(hex, new RegExp(`2d000002c03d00500000.*66ba${Buffer.from([LATE_PORT & 0xff, LATE_PORT >> 8]).toString('hex')}ec`), 'from, length and port');
  const jump = hex.indexOf('e9') / 2;
  assert.equal((PADDING + jump + 5 + new DataView(code.buffer, code.byteOffset).getInt32(jump + 1, true)) >>> 0, HANDLER);
});

test('nothing is written where code lies, and nothing is taken that has no entry', () => {
  assert.throws(() => leaveOut(fake(), [0x20], KERNEL + CODE), /no padding/);
  assert.throws(() => leaveOut(fake(), [0x1f, 0x20], PADDING), /no padding/, 'in a page that is left out itself');
  assert.throws(() => leaveOut(fake(), [0x21], KERNEL + CODE - 16), /no padding/, 'across the end of a page');
  assert.throws(() => unpackLate(packLate(leaveOut(fake(), [0x20], PADDING)).subarray(1)), /length/);
  assert.equal(pageOf(KERNEL + 0x5000), 5);
});
