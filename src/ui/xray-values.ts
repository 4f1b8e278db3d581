import type { Inspection } from '../machine/inspection.ts';
import type { Rates } from './xray-rates.ts';
import { bytesWords } from './state.ts';
import { hex } from './walk-words.ts';

/** Lines of the PC's two interrupt controllers, as this machine has them. */
const LINES: Readonly<Record<number, string>> = { 0: 'timer', 3: 'ttyS1', 4: 'ttyS0', 8: 'clock', 14: 'disk', 15: 'CD' };

/** A value of the panel: its key, its name, and what it says of a look. Rates come with the second look. */
export type Value = readonly [key: string, name: string, words: (found: Inspection, rates: Rates | undefined) => string];

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const rounded = (number: number): string => (number < 10 ? number.toFixed(1) : Math.round(number).toLocaleString('en')).replace(/\.0$/, '');

function interruptWords({ interrupts }: Rates): string {
  const lines = interrupts.map((rate, line) => ({ rate, name: LINES[line] ?? `line ${line}` })).filter(({ rate }) => rate > 0).sort((a, b) => b.rate - a.rate);
  const all = lines.reduce((sum, { rate }) => sum + rate, 0);
  return `${rounded(all)} per second${lines.length ? `: ${lines.map(({ name, rate }) => `${name} ${rounded(rate)}`).join(', ')}` : ''}`;
}

const of = (rates: Rates | undefined, words: (rates: Rates) => string): string => (rates ? words(rates) : '…');

/** What the emulator itself holds. */
export const EMULATOR: readonly Value[] = [
  ['ring3', 'Ring 3, programs', (_, rates) => of(rates, ({ ring3 }) => percent(ring3))],
  ['ring0', 'Ring 0, the kernel', (_, rates) => of(rates, ({ ring0 }) => percent(ring0))],
  ['rest', 'Halted or waiting', (_, rates) => of(rates, ({ rest }) => percent(rest))],
  ['instructions', 'Instructions', (_, rates) => of(rates, ({ instructionsPerSecond: count }) => `${rounded(count / 1e6)} million per second`)],
  ['interrupts', 'Interrupt requests', (_, rates) => of(rates, interruptWords)],
  ['privilege', 'Privilege level now', ({ privilege, halted }) => `${privilege}${halted ? ', halted' : ''}`],
  ['cr3', 'CR3, the page directory', ({ cr3 }) => hex(cr3)],
  ['cr2', 'CR2, the last page fault', ({ cr2 }) => hex(cr2)],
  ['chunks', 'Disk chunks fetched', ({ chunks: { fetched, cached, bytes } }) => `${fetched}, ${bytesWords(bytes, 0)}${cached ? `; ${cached} more from this browser's cache` : ''}`],
];

/** What lies in the guest's memory, where the kernel's own symbols say. */
export const MEMORY: readonly Value[] = [
  ['task', 'Running task', ({ kernel }) => {
    if (!kernel) return 'no kernel of ours runs yet';
    const { name, pid, thread } = kernel.task;
    return pid === 0 ? `${name}, pid 0: the idle task` : `${name}, pid ${pid}${thread === pid ? '' : `, thread ${thread}`}`;
  }],
  ['struct', 'Its task_struct', ({ kernel }) => (kernel ? hex(kernel.task.at) : '–')],
  ['slide', 'Kernel moved by KASLR', ({ kernel }) => (kernel ? hex(kernel.slide) : '–')],
];
