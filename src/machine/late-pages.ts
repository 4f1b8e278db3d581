import { walk, type Control } from './paging.ts';
import { physicalMemory } from './memory.ts';

/**
 * Memory of the kernel that a snapshot leaves out and that comes after it, while the machine runs: virtual machines that move to another host
 * call it post-copy. A page that is not there yet is not present in the kernel's own page table. Whoever touches it gets a page fault, and in front of
 * the kernel's handler of faults stands a stub that waits for the page. When all is there the entries and the handler are as they were.
 *
 * Only code and constants of the kernel are left out: nothing frees or moves them, and before the kernel patches one it reads it where it is mapped.
 */

/** A processor and its memory, as far as pages concern it. */
export interface Paged {
  /** All of the RAM, from physical address 0. */
  readonly memory: Uint8Array;
  readonly control: Control;
  /** The address of the interrupt descriptor table. */
  readonly idt: number;
}

/** What was left out. Pages are numbers of page frames. */
export interface LatePart {
  /** The kernel's own handler of page faults. */
  readonly handler: number;
  /** Large pages that were divided, to have entries for the small ones. */
  readonly divided: readonly Divided[];
  readonly pages: Uint32Array;
  /** 4096 bytes for each of them. */
  readonly contents: Uint8Array;
}

/** An entry of the page directory, in every address space: which, what stood there, and what stands there until all is back. */
interface Divided {
  readonly index: number;
  readonly large: number;
  readonly table: number;
}

/** The port that the stub asks whether the page is there. No device of the PC has it. */
export const LATE_PORT = 0xb0b;

const PAGE = 4096;
const LARGE = 1024; // small pages in a large one
const DIRECT = 0xc0000000; // CONFIG_PAGE_OFFSET: where the kernel has all memory one to one
const PRESENT = 1;
const SIZE = 0x80; // in the directory: a large page
const USED = 0x60; // accessed, dirty
const TABLE = PRESENT | 2 | USED; // writable: the entries below decide
const GATE = 14 * 8; // of #PF in the descriptor table

export const pageOf = (address: number): number => (address - DIRECT) >>> 12;
const addressOf = (page: number): number => page * PAGE + DIRECT;

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
  for (const table of tablesOf(paged, ranges[0]?.[0] ?? DIRECT)) {
    for (let at = table * LARGE; at < (table + 1) * LARGE; at++) {
      const word = words[at] ?? 0;
      if (word & PRESENT && own.has(word >>> 12) && own.get(word >>> 12) !== 4 * at) aliased.add(word >>> 12);
    }
  }
  return [...own.keys()].filter((page) => !aliased.has(page));
}

/** Takes pages out of a machine that stands still. `stub` is the address of kernel code that nobody executes: padding, of at least 64 bytes. Clear the TLB afterwards. */
export function leaveOut(paged: Paged, pages: readonly number[], stub: number): LatePart {
  const { memory } = paged;
  const gate = physical(paged, paged.idt + GATE);
  const handler = handlerAt(memory, gate);
  const padding = memory.subarray(physical(paged, stub), physical(paged, stub) + 64);
  if (new Set(padding).size !== 1) throw new Error(`what lies at ${stub.toString(16)} is no padding`);
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

/** Puts one page back, as it is asked for. Throws when a table stands in it. Clear the TLB afterwards. */
export function putBack(paged: Paged, { pages, contents, divided }: LatePart, page: number): void {
  if (divided.some(({ table }) => table >>> 12 === page)) throw new Error(`a page table stands in the page frame ${page.toString(16)}`);
  const n = pages.indexOf(page);
  if (n === -1) return;
  paged.memory.set(contents.subarray(n * PAGE, (n + 1) * PAGE), page * PAGE);
  setPresent(paged, page, true);
}

/** Puts all back, and the kernel's own entries and handler in their place. The stub's code stays in the padding, and nothing leads there. Clear the TLB afterwards. */
export function putAllBack(paged: Paged, { handler, divided, pages, contents }: LatePart): void {
  for (const page of pages) setPresent(paged, page, true);
  for (const { index, large, table } of divided) replaceEntries(paged.memory, index, table, large);
  for (const [n, page] of pages.entries()) paged.memory.set(contents.subarray(n * PAGE, (n + 1) * PAGE), page * PAGE);
  setHandler(paged.memory, physical(paged, paged.idt + GATE), handler);
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

/** Throws when the length is not that of a late part. */
export function unpackLate(bytes: Uint8Array): LatePart {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = (n: number): number => view.getUint32(4 * n, true);
  const [handler, tables, count] = [word(0), word(1), word(2)];
  const head = 3 + 3 * tables + count;
  if (bytes.length !== 4 * head + count * PAGE) throw new Error('its length is wrong');
  return {
    handler,
    divided: Array.from({ length: tables }, (_, n) => ({ index: word(3 + 3 * n), large: word(4 + 3 * n), table: word(5 + 3 * n) })),
    pages: Uint32Array.from({ length: count }, (_, n) => word(3 + 3 * tables + n)),
    contents: bytes.subarray(4 * head),
  };
}

/** Gives each large page with something left out a table of small ones. The table stands in a frame that is left out, the last one of them: nobody else needs it. */
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

/** In the page directory of every address space. */
function replaceEntries(memory: Uint8Array, index: number, from: number, to: number): void {
  const words = wordsOf(memory);
  for (const directory of directoriesWith(memory, index, from)) words[directory * LARGE + index] = to;
}

/** The frames that hold the entry in its place. All page directories share those of the kernel, and each processor marks its own copy as used. */
function directoriesWith(memory: Uint8Array, index: number, entry: number): number[] {
  const words = wordsOf(memory);
  const same = (word: number): boolean => ((word ^ entry) & ~USED) === 0;
  return Array.from({ length: memory.length / PAGE }, (_, frame) => frame).filter((frame) => same(words[frame * LARGE + index] ?? 0));
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

function setPresent({ memory, control }: Paged, page: number, present: boolean): void {
  const entry = walk(addressOf(page), control, physicalMemory(memory)).levels[1];
  if (entry?.entry === undefined || entry.entry >>> 12 !== page) throw new Error(`the page frame ${page.toString(16)} has no entry of its own`);
  memory[entry.at] = present ? entry.entry | PRESENT : entry.entry & ~PRESENT;
}

function physical({ memory, control }: Paged, address: number): number {
  const { end } = walk(address >>> 0, control, physicalMemory(memory));
  if (end.kind !== 'mapped') throw new Error(`nothing is mapped at ${address.toString(16)}`);
  return end.physical;
}

const wordsOf = ({ buffer, byteOffset, length }: Uint8Array): Uint32Array => new Uint32Array(buffer, byteOffset, length >> 2);

function handlerAt({ buffer, byteOffset }: Uint8Array, gate: number): number {
  const view = new DataView(buffer, byteOffset);
  return (view.getUint16(gate, true) | (view.getUint16(gate + 6, true) << 16)) >>> 0;
}

function setHandler({ buffer, byteOffset }: Uint8Array, gate: number, handler: number): void {
  const view = new DataView(buffer, byteOffset);
  view.setUint16(gate, handler & 0xffff, true);
  view.setUint16(gate + 6, handler >>> 16, true);
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
