import { realTimers } from '../base/timers.ts';
import { Disk } from './disk.ts';
import { chunkPath } from './disk-index.ts';
import { Emulator } from './emulator.ts';
import { MachineError } from './error.ts';
import type { Guest } from './guest.ts';
import type { LatePart } from './late-pages.ts';
import { leavable, leaveOut, packLate, WAY } from './leave-out.ts';
import { LocalEngine } from './local-engine.ts';
import type { Checkout } from './node.ts';
import { Pc } from './pc.ts';
import { openSupplies, type Supplies } from './supplies.ts';
import { Typist } from './typist.ts';

/** Where the kernel's code and constants lie, as the guest itself says. Addresses. */
export type KernelRanges = Readonly<Record<(typeof SYMBOLS)[number], number>>;

const SYMBOLS = ['_text', '_etext', '__start_rodata', '__start_ro_after_init', '__end_ro_after_init', '__end_rodata'] as const;

/** What a start needs, and a reader's first commands: page frames of the kernel, by number, and files of the image with pieces of the disk. */
interface Needs {
  readonly pages: Set<number>;
  readonly pieces: Set<string>;
}

/** What happens between a restored snapshot and a reader's first command, with everything of the kernel that it touches. */
const FIRST_MINUTE = ['uname -r', 'ls /', 'cat /proc/uptime'];
/** A snapshot is used days after it was made: the clock jumps, and services have their say. */
const DAYS_LATER = 'date -s "+2 days" > /dev/null; sleep 5';
/** On a busy host the same work takes longer than the 50 ms of each second that the scheduler grants before it looks closer (its deadline server). */
const BUSY = 'timeout 3 sh -c "while :; do :; done"; true';

/** What an interrupt or a timer happens to need differs from start to start; a page that all of these miss costs a reader a wait for the second part. */
const STARTS = 3;

/** Part of the snapshot's key. */
export const SPLIT = [WAY, 'pieces.json', ...FIRST_MINUTE, DAYS_LATER, BUSY, STARTS].join('\n');

export async function kernelRanges(guest: Guest): Promise<KernelRanges> {
  const { stdout } = await guest.run(`grep -wE '${SYMBOLS.join('|')}' /proc/kallsyms`);
  const found = new Map(stdout.trim().split('\n').map((line): [string, number] => [line.split(' ')[2] ?? '', parseInt(line, 16)]));
  const missing = SYMBOLS.filter((name) => !found.get(name));
  if (missing.length) throw new MachineError('refused', `The kernel of the image has no symbol ${missing.join(', ')}.`, 'Keep CONFIG_KALLSYMS_ALL in its configuration, then build the image again: npm run image.');
  return Object.fromEntries(found) as KernelRanges;
}

/**
 * A saved state in two parts: what a start needs, found out by starting it, and the kernel's other pages for later. The parts are not packed.
 * `screen` is the console's text in it, `pieces` the files of the image with what a start reads of the disk.
 */
export async function splitSnapshot(
  checkout: Checkout, state: Uint8Array<ArrayBuffer>, screen: string, kernel: KernelRanges,
): Promise<{ state: Uint8Array; late: Uint8Array; pieces: readonly string[] }> {
  const supplies = openSupplies({ ...checkout, timers: realTimers });
  const emulator = await standing(supplies);
  const stub = Math.ceil(kernel._etext / 16) * 16; // what follows the code up to the end of its page is padding
  const without = async (choose: (page: number) => boolean): Promise<{ state: Uint8Array<ArrayBuffer>; part: LatePart }> => {
    await emulator.restore(state);
    const paged = emulator.paged();
    const pages = leavable(paged, [[kernel._text, kernel._etext], [kernel.__start_rodata, kernel.__start_ro_after_init], [kernel.__end_ro_after_init, kernel.__end_rodata]]);
    const part = leaveOut(paged, pages.filter(choose), stub);
    emulator.remapped();
    return { state: await emulator.save(), part };
  };
  try {
    const needs: Needs = { pages: new Set(), pieces: new Set() };
    const nothing = await without(() => true);
    for (let start = 0; start < STARTS; start++) await firstMinute(checkout, screen, nothing, needs);
    const { state: rest, part } = await without((page) => !needs.pages.has(page));
    return { state: rest, late: packLate(part), pieces: [...needs.pieces].sort() };
  } finally {
    await emulator.destroy();
  }
}

/** Adds what a start and a reader's first commands ask for. */
async function firstMinute(checkout: Checkout, screen: string, { state, part }: { state: Uint8Array<ArrayBuffer>; part: LatePart }, { pages, pieces }: Needs): Promise<void> {
  const cache = { get: async (hash: string) => void pieces.add(chunkPath(hash)), put: () => undefined };
  const supplies = openSupplies({ ...checkout, timers: realTimers, cache });
  const machine = new Pc({
    key: checkout.key, timers: realTimers, screen,
    open: (tell) => new LocalEngine({ ...supplies, snapshot: async () => state, late: async () => part }, 0, tell, (page) => pages.add(page)),
  });
  try {
    const typist = new Typist(machine.console);
    await machine.start('snapshot');
    await machine.guest.setClock();
    await machine.guest.resize(100, 30);
    await machine.guest.run(DAYS_LATER);
    await machine.guest.run(BUSY);
    for (const line of FIRST_MINUTE) await typist.type(line);
  } finally {
    await machine.dispose();
  }
}

/** A processor that never runs, to change its memory. */
async function standing(supplies: Supplies): Promise<Emulator> {
  const [wasm, bios, vgabios, index] = await Promise.all([supplies.wasm(), supplies.bios(), supplies.vgabios(), supplies.index()]);
  const nothing = (): void => undefined;
  return Emulator.build({ wasm, bios, vgabios, disk: new Disk(index, supplies.chunks, nothing) }, {
    byte: nothing, rebooted: nothing, halted: nothing, slice: nothing, broke: nothing, missing: () => false,
  });
}
