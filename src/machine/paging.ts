import type { Memory } from './memory.ts';

/** The control registers that decide what an address means. Unsigned. */
export interface Control {
  readonly cr0: number;
  readonly cr3: number;
  readonly cr4: number;
}

/** One entry that the processor reads on its way, and where: `at` is the entry's own physical address. */
export interface Level {
  readonly table: 'PDE' | 'PTE';
  readonly index: number;
  readonly at: number;
  readonly entry: number;
}

/** Where a walk ends. */
export type End =
  | { readonly kind: 'mapped'; readonly physical: number; readonly size: 4096 | 4194304; readonly writable: boolean; readonly user: boolean }
  /** Paging is off: the address is the physical one. */
  | { readonly kind: 'flat'; readonly physical: number }
  /** The last entry that was read is not present. */
  | { readonly kind: 'unmapped' }
  /** The next entry would lie where there is no memory. */
  | { readonly kind: 'astray'; readonly at: number }
  /** Three levels (CR4.PAE), which this walk does not read. */
  | { readonly kind: 'three-levels' };

export interface Walk {
  readonly address: number;
  readonly levels: readonly Level[];
  readonly end: End;
}

/** What the low bits of an entry say. `large` has this meaning in a PDE only. */
export interface Bits {
  readonly present: boolean;
  readonly writable: boolean;
  readonly user: boolean;
  readonly accessed: boolean;
  readonly dirty: boolean;
  readonly large: boolean;
  readonly global: boolean;
}

const PAGING = 1 << 31; // of CR0
const LARGE_PAGES = 1 << 4; // of CR4
const PAE = 1 << 5; // of CR4

export function bits(entry: number): Bits {
  const bit = (number: number): boolean => ((entry >>> number) & 1) === 1;
  return { present: bit(0), writable: bit(1), user: bit(2), accessed: bit(5), dirty: bit(6), large: bit(7), global: bit(8) };
}

/** Follows a linear address through the two levels of 32-bit paging, as the processor does when it has not cached the way. Changes nothing: no accessed bit is set. */
export function walk(address: number, { cr0, cr3, cr4 }: Control, memory: Memory): Walk {
  const levels: Level[] = [];
  const done = (end: End): Walk => ({ address, levels, end });
  const read = (table: Level['table'], base: number, index: number): Bits | End => {
    const at = base + 4 * index;
    const entry = memory.word(at);
    if (entry === undefined) return { kind: 'astray', at };
    levels.push({ table, index, at, entry });
    return bits(entry);
  };
  if (!(cr0 & PAGING)) return done({ kind: 'flat', physical: address });
  if (cr4 & PAE) return done({ kind: 'three-levels' });
  const directory = read('PDE', frame(cr3), address >>> 22);
  if ('kind' in directory) return done(directory);
  if (!directory.present) return done({ kind: 'unmapped' });
  const pde = levels[0]?.entry ?? 0;
  if (directory.large && cr4 & LARGE_PAGES) {
    const { writable, user } = directory;
    return done({ kind: 'mapped', physical: ((pde & 0xffc00000) | (address & 0x3fffff)) >>> 0, size: 4194304, writable, user });
  }
  const table = read('PTE', frame(pde), (address >>> 12) & 0x3ff);
  if ('kind' in table) return done(table);
  if (!table.present) return done({ kind: 'unmapped' });
  return done({
    kind: 'mapped', physical: frame(levels[1]?.entry ?? 0) + (address & 0xfff), size: 4096,
    // Both levels have to allow it.
    writable: directory.writable && table.writable, user: directory.user && table.user,
  });
}

const frame = (entry: number): number => (entry & 0xfffff000) >>> 0;
