import {
  addressOf, directoriesWith, GATE, LARGE, LATE_PORT, PAGE, pageOf, physical, PRESENT, replaceEntries, setHandler, setPresent, USED, wordsOf, type Divided, type LatePart, type Paged,
} from './late-pages.ts';
import { physicalMemory } from './memory.ts';
import { walk } from './paging.ts';

/** How the build of a snapshot leaves pages of the kernel out: see late-pages.ts, which puts them back. */

const SIZE = 0x80; // in the directory: a large page
const TABLE = PRESENT | 2 | USED; // writable, since the entries below decide
const STUB = 64; // bytes

/** Part of the snapshot's key: another way needs another snapshot. */
export const WAY = `pages of the kernel left out, a stub of ${STUB} bytes, port ${LATE_PORT}`;

/**
 * Which pages of the kernel may be left out, of those that lie whole between two addresses: mapped one to one, and by no other entry of any address
 * space. (The vDSO is in the kernel's image and in every process.)
 */
export function leavable(paged: Paged, ranges: readonly (readonly [from: number, to: number])[]): number[] {
  const { memory, control } = paged;
  const own = new Map<number, number | undefined>(); // where the entry of a small page lies
  for (const [from, to] of ranges) {
    for (let address = Math.ceil(from / PAGE) * PAGE; address + PAGE <= to; address += PAGE) {
      const { levels, end } = walk(address, control, physicalMemory(memory));
      if (end.kind === 'mapped' && end.physical >>> 12 === pageOf(address)) own.set(pageOf(address), levels[1]?.at);
    }
  }
  const words = wordsOf(memory);
  const aliased = new Set<number>();
  for (const table of tablesOf(paged, ranges[0]?.[0] ?? addressOf(0))) {
    for (let at = table * LARGE; at < (table + 1) * LARGE; at++) {
      const word = words[at] ?? 0;
      if (word & PRESENT && own.has(word >>> 12) && own.get(word >>> 12) !== 4 * at) aliased.add(word >>> 12);
    }
  }
  return [...own.keys()].filter((page) => !aliased.has(page));
}

/** Takes pages out of a machine that stands still. `stub` is the address of kernel code that nobody executes: padding, of at least 64 bytes, in a page that stays. Clear the TLB afterwards. */
export function leaveOut(paged: Paged, pages: readonly number[], stub: number): LatePart {
  const { memory } = paged;
  const gate = physical(paged, paged.idt + GATE);
  const handler = handlerAt(memory, gate);
  const padding = memory.subarray(physical(paged, stub), physical(paged, stub) + STUB);
  if (pageOf(stub) !== pageOf(stub + STUB - 1) || pages.includes(pageOf(stub)) || new Set(padding).size !== 1) throw new Error(`what lies at ${stub.toString(16)} is no padding`);
  const contents = new Uint8Array(pages.length * PAGE);
  for (const [n, page] of pages.entries()) {
    contents.set(memory.subarray(page * PAGE, (page + 1) * PAGE), n * PAGE);
    memory.fill(0, page * PAGE, (page + 1) * PAGE);
  }
  const divided = divide(paged, pages);
  for (const page of pages) setPresent(paged, page, false);
  const [first, last] = [Math.min(...pages), Math.max(...pages)];
  padding.set(stubCode(stub, { from: addressOf(first), length: (last - first + 1) * PAGE, handler }));
  setHandler(memory, gate, stub);
  return { handler, divided, pages: Uint32Array.from(pages), contents };
}

/** u32: handler, numbers of divided pages and of pages; for each divided one index, large, table; the frame numbers; then the contents. */
export function packLate({ handler, divided, pages, contents }: LatePart): Uint8Array<ArrayBuffer> {
  const head = [handler, divided.length, pages.length, ...divided.flatMap(({ index, large, table }) => [index, large, table]), ...pages];
  const bytes = new Uint8Array(4 * head.length + contents.length);
  const view = new DataView(bytes.buffer);
  for (const [n, word] of head.entries()) view.setUint32(4 * n, word, true);
  bytes.set(contents, 4 * head.length);
  return bytes;
}

/**
 * Gives each large page with something left out a table of small ones. The table stands in a frame that is left out, one of the last: nobody else needs it.
 * (The kernel could read its own tables where all memory is mapped, and would have them put back by that. It does so in a fault on present pages of its own only.)
 */
function divide(paged: Paged, pages: readonly number[]): Divided[] {
  const { memory, control } = paged;
  const words = wordsOf(memory);
  const frames = [...pages];
  const divided: Divided[] = [];
  for (const index of new Set(pages.map((page) => addressOf(page) >>> 22))) {
    const { levels, end } = walk(index * LARGE * PAGE, control, physicalMemory(memory));
    const [{ entry: large } = { entry: 0 }] = levels;
    if (end.kind !== 'mapped' || end.size === PAGE) continue;
    const frame = frames.pop() ?? 0;
    for (let n = 0; n < LARGE; n++) words[frame * LARGE + n] = ((large & 0xffc00000) | (large & 0xfff & ~SIZE)) + n * PAGE;
    const table = frame * PAGE + TABLE;
    replaceEntries(memory, index, large, table);
    divided.push({ index, large, table });
  }
  return divided;
}

/** The frames of all page tables, of all address spaces that have the kernel's `address`. */
function tablesOf({ memory, control }: Paged, address: number): ReadonlySet<number> {
  const words = wordsOf(memory);
  const [entry] = walk(address, control, physicalMemory(memory)).levels;
  const tables = new Set<number>();
  for (const directory of entry ? directoriesWith(memory, address >>> 22, entry.entry) : []) {
    for (const word of words.subarray(directory * LARGE, (directory + 1) * LARGE)) {
      if (word & PRESENT && !(word & SIZE) && word < memory.length) tables.add(word >>> 12);
    }
  }
  return tables;
}

function handlerAt({ buffer, byteOffset }: Uint8Array, gate: number): number {
  const view = new DataView(buffer, byteOffset);
  return (view.getUint16(gate, true) | (view.getUint16(gate + 6, true) << 16)) >>> 0;
}

/**
 * Machine code of the stub, for 32 bits. Not for it: faults on pages that are present, and addresses outside the range; those go on to the kernel's handler with
 * registers and stack as they came. Flags need no care: the processor has saved them, and iret brings them back.
 */
function stubCode(at: number, { from, length, handler }: { from: number; length: number; handler: number }): Uint8Array {
  const word = (value: number): number[] => [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24];
  const code = [
    0x50, 0x52, //                                  push eax; push edx
    0xf6, 0x44, 0x24, 0x08, 0x01, 0x75, 0x1e, //    test byte [esp + 8], 1; jnz on   (the error code: a page that is present)
    0x0f, 0x20, 0xd0, //                            mov eax, cr2
    0x2d, ...word(from), //                         sub eax, from
    0x3d, ...word(length), 0x73, 0x0f, //           cmp eax, length; jae on
    0x66, 0xba, LATE_PORT & 0xff, LATE_PORT >> 8, // mov dx, port
    0xec, 0x84, 0xc0, 0x74, 0xfb, //                again: in al, dx; test al, al; jz again
    0x5a, 0x58, 0x83, 0xc4, 0x04, 0xcf, //          pop edx; pop eax; add esp, 4; iret
    0x5a, 0x58, //                                  on: pop edx; pop eax
  ];
  const next = at + code.length + 5;
  return Uint8Array.from([...code, 0xe9, ...word((handler - next) >>> 0)]); // jmp handler
}
