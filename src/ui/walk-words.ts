import { bits, type Level, type Walk } from '../machine/paging.ts';
import type { Kernel } from '../machine/running-task.ts';

/** `0x0804a000`: always all 32 bits. */
export const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;

/** What a reader types for an address, or the sentence that says what is wrong with it. */
export function parseAddress(text: string): number | string {
  const digits = text.trim().replace(/^0x/i, '').replaceAll(/[\s_]/g, '');
  if (digits === '') return 'Enter an address in hexadecimal, such as c0100000 or 0x8048000.';
  if (!/^[0-9a-f]+$/i.test(digits)) return `“${text.trim()}” is not hexadecimal: use the digits 0 to 9 and a to f.`;
  const short = digits.replace(/^0+(?=.)/, '');
  if (short.length > 8) return 'This machine has 32-bit addresses: eight hexadecimal digits at most.';
  return parseInt(short, 16);
}

/** A step of the walk: what was read, where, and what it says. */
export interface StepWords {
  readonly name: string;
  readonly value: string;
  readonly words: string;
}

export function levelWords({ table, index, at, entry }: Level, last: boolean): StepWords {
  const { present, writable, user, accessed, dirty, large, global } = bits(entry);
  const name = `${table} ${index}, at ${hex(at)}`;
  if (!present) return { name, value: hex(entry), words: entry === 0 ? 'empty: not present' : 'not present, and the processor looks at no other bit of it' };
  const flags = ['present', writable ? 'writable' : 'read-only', user ? 'user' : 'kernel only', accessed ? 'accessed' : 'never accessed', ...(last ? [dirty ? 'dirty' : 'clean'] : []), ...(last && global ? ['global'] : [])];
  const leads = !last ? `its page table is at physical ${hex((entry & 0xfffff000) >>> 0)}`
    : table === 'PDE' && large ? `a page of 4 MiB at ${hex((entry & 0xffc00000) >>> 0)}` : `page frame ${hex(entry >>> 12).replace(/^0x000/, '0x')}`;
  return { name, value: hex(entry), words: `${flags.join(', ')}; ${leads}` };
}

/** The result in a sentence or two. */
export function endWords({ address, levels, end }: Walk): string {
  const last = levels.at(-1);
  switch (end.kind) {
    case 'mapped': {
      const who = end.user ? 'Programs and the kernel' : 'Only the kernel';
      return `${hex(address)} lies at physical address ${hex(end.physical)}, in a page of ${end.size === 4096 ? '4 KiB' : '4 MiB'}. ${who} may read${end.writable ? ' and write' : ''} it.`;
    }
    case 'flat': return `Paging is off, as in firmware and GRUB: ${hex(address)} is the physical address.`;
    case 'astray': return `The tables lead to ${hex(end.at)}, where this machine has no memory.`;
    case 'three-levels': return 'The kernel uses three levels of page tables (CR4.PAE is set); this walk reads two.';
    case 'unmapped': return `${hex(address)} has no mapping: ${why(last)} An access is a page fault, and the kernel decides what follows.`;
  }
}

const PROT_NONE = 1 << 8; // Linux's use of the global bit in an entry that is not present

function why(last: Level | undefined): string {
  if (last?.table === 'PDE') return 'there is no page table for the 4 MiB around it.';
  if (!last?.entry) return 'its entry in the page table is empty. Nothing belongs there, or no one has touched it yet.';
  if (last.entry & PROT_NONE) return 'Linux keeps the page but has taken all access away (PROT_NONE).';
  return 'Linux has left a note of its own in the entry, such as where in swap the page is.';
}

/** Whose page tables CR3 points to. */
export function spaceWords(kernel: Kernel | undefined): string {
  if (!kernel) return 'No kernel of ours runs yet.';
  const { name, pid } = kernel.task;
  return kernel.task.kernel ? `The tables are those of the program before: ${name} (pid ${pid}) is the kernel's own and has none.` : `The tables are those of ${name} (pid ${pid}).`;
}
