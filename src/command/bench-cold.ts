import { performance } from 'node:perf_hooks';
import { withoutEscapes } from '../base/escapes.ts';
import { atRest, perform } from '../check/perform.ts';
import { STAGES, stagesSeen, type Stage } from '../lab/stages.ts';
import { openMachine, type Checkout } from '../machine/node.ts';
import { Typist } from '../machine/typist.ts';
import { FORK_EXEC, FORKS, pressEnterAtMenu, untilPrompt } from './bench-work.ts';

export interface ColdBoot {
  readonly ms: number;
  /** Guest instructions from the reset vector to the prompt. */
  readonly instructions: number;
  /** Milliseconds of one fork and exec, with pages that no snapshot has warmed. */
  readonly forkExecMs: number;
}

/** From the reset vector to the root prompt, Enter pressed as soon as GRUB's menu is there. */
export async function coldBoot(checkout: Checkout): Promise<ColdBoot> {
  const machine = openMachine(checkout);
  const stop = new AbortController();
  pressEnterAtMenu(machine.console, stop.signal);
  const start = performance.now();
  const prompt = untilPrompt(machine.console, stop.signal);
  await Promise.all([machine.start('cold'), prompt]);
  const ms = Math.round(performance.now() - start);
  const instructions = await machine.instructions();
  stop.abort();
  await machine.guest.run('systemctl is-system-running --wait', { timeout: 600_000 });
  await machine.guest.run(FORK_EXEC('/bin/true'));
  const before = performance.now();
  await machine.guest.run(FORK_EXEC('/bin/true'));
  const forkExecMs = Math.round(((performance.now() - before) / FORKS) * 100) / 100;
  await machine.dispose();
  return { ms, instructions, forkExecMs };
}

/**
 * Guest instructions of each stage, from its sign on the console to the next one's. For that the menu's entry is started without
 * `quiet`, so that the stages show: the sum is more than `coldBoot` counts, by GRUB's editor and by what the kernel prints.
 */
export async function coldStages(checkout: Checkout): Promise<Partial<Record<Stage, number>>> {
  const machine = openMachine(checkout);
  const stop = new AbortController();
  const typist = new Typist(machine.console, stop.signal);
  const begins = new Map<Stage, Promise<number>>();
  machine.console.read(() => {
    for (const { stage } of stagesSeen(withoutEscapes(machine.console.boots().at(-1) ?? ''))) if (!begins.has(stage)) begins.set(stage, machine.instructions());
  }, stop.signal);
  void machine.start('cold');
  await atRest(typist, 'menu');
  await perform({ press: ['e'], until: 'editor' }, typist, machine);
  await perform({ press: [...Array<string>(6).fill('Down'), 'End', ...Array<string>('quiet'.length).fill('Backspace'), 'Ctrl+X'], until: 'shell' }, typist, machine);
  const end = await machine.instructions();
  stop.abort();
  await machine.dispose();
  const seen = STAGES.filter((stage) => begins.has(stage));
  const at = await Promise.all(seen.map((stage) => begins.get(stage)));
  return Object.fromEntries(seen.map((stage, n) => [stage, (at[n + 1] ?? end) - (n === 0 ? 0 : at[n] ?? 0)]));
}
