import { physicalMemory } from './memory.ts';
import { walk, type Control } from './paging.ts';

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
export interface Divided {
  readonly index: number;
  readonly large: number;
  readonly table: number;
}

/** The port that the stub asks whether the page is there. No device of the PC has it. */
export const LATE_PORT = 0xb0b;

export const PAGE = 4096;
/** Small pages in a large one, and words in a page. */
export const LARGE = 1024;
export const PRESENT = 1;
/** Accessed and dirty: marks that each processor sets in its own copy of an entry. */
export const USED = 0x60;
/** Of #PF in the descriptor table. */
export const GATE = 14 * 8;
const DIRECT = 0xc0000000; // CONFIG_PAGE_OFFSET: where the kernel has all memory one to one

/** The number of the page frame behind an address that is mapped one to one, and back. */
export const pageOf = (address: number): number => (address - DIRECT) >>> 12;
export const addressOf = (page: number): number => page * PAGE + DIRECT;

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
  const gone = new Set(divided.map(({ index }) => index)); // whose tables go as a whole
  for (const page of pages) if (!gone.has(addressOf(page) >>> 22)) setPresent(paged, page, true);
  for (const { index, large, table } of divided) replaceEntries(paged.memory, index, table, large);
  for (const [n, page] of pages.entries()) paged.memory.set(contents.subarray(n * PAGE, (n + 1) * PAGE), page * PAGE);
  setHandler(paged.memory, physical(paged, paged.idt + GATE), handler);
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

/** Puts one entry in the place of another, in the page directory of every address space. */
export function replaceEntries(memory: Uint8Array, index: number, from: number, to: number): void {
  const words = wordsOf(memory);
  for (const directory of directoriesWith(memory, index, from)) words[directory * LARGE + index] = to;
}

/** The frames that hold the entry in its place. All page directories share those of the kernel, but for the marks of use. */
export function directoriesWith(memory: Uint8Array, index: number, entry: number): number[] {
  const words = wordsOf(memory);
  const same = (word: number): boolean => ((word ^ entry) & ~USED) === 0;
  const frames: number[] = [];
  for (let frame = 0; frame < memory.length / PAGE; frame++) if (same(words[frame * LARGE + index] ?? 0)) frames.push(frame);
  return frames;
}

/** Marks the entry of a page that is mapped one to one as present or not. */
export function setPresent({ memory, control }: Paged, page: number, present: boolean): void {
  const entry = walk(addressOf(page), control, physicalMemory(memory)).levels[1];
  if (entry?.entry === undefined || entry.entry >>> 12 !== page) throw new Error(`the page frame ${page.toString(16)} has no entry of its own`);
  memory[entry.at] = present ? entry.entry | PRESENT : entry.entry & ~PRESENT;
}

/** Where an address leads. Throws when nothing is mapped there. */
export function physical({ memory, control }: Paged, address: number): number {
  const { end } = walk(address >>> 0, control, physicalMemory(memory));
  if (end.kind !== 'mapped') throw new Error(`nothing is mapped at ${address.toString(16)}`);
  return end.physical;
}

/** Memory as words of 32 bits, little-endian as the guest and all hosts are. */
export const wordsOf = ({ buffer, byteOffset, length }: Uint8Array): Uint32Array => new Uint32Array(buffer, byteOffset, length >> 2);

/** Where the kernel goes in a page fault; `gate` is where its gate in the descriptor table lies. */
export function setHandler({ buffer, byteOffset }: Uint8Array, gate: number, handler: number): void {
  const view = new DataView(buffer, byteOffset);
  view.setUint16(gate, handler & 0xffff, true);
  view.setUint16(gate + 6, handler >>> 16, true);
}
