import { performance } from 'node:perf_hooks';
import type { Machine } from '../machine/machine.ts';
import { openMachine } from '../machine/node.ts';
import { checkoutWithSnapshot } from '../machine/snapshot-build.ts';
import { benchBrowser } from './bench-browser.ts';
import { coldBoot, coldStages } from './bench-cold.ts';
import { benchQemu } from './bench-qemu.ts';
import { FORK_EXEC, FORKS, STRACE_LS, median } from './bench-work.ts';
import { root, tool } from './tool.ts';

/**
 * `npm run bench`: one JSON object on stdout, progress on stderr. Milliseconds are of this machine, medians where they
 * say so; instructions are the guest's and hardly vary. `qemu` is null where qemu-system-i386 is not installed.
 */
const say = (text: string): void => console.error(`[bench] ${text}`);
const checkout = await checkoutWithSnapshot(say);

say('restore, five times');
const restores: number[] = [];
const stracesFirst: number[] = [];
const stracesSecond: number[] = [];
let forkExec = 0;
for (let round = 0; round < 5; round++) {
  const machine = openMachine(checkout);
  const start = performance.now();
  await machine.start('snapshot');
  restores.push(performance.now() - start);
  stracesFirst.push(await timed(machine, STRACE_LS));
  stracesSecond.push(await timed(machine, STRACE_LS));
  if (round === 0) forkExec = await instructionsPerFork(machine);
  await machine.dispose();
}

say('cold boot');
const cold = await coldBoot(checkout);

say('cold boot, stage by stage');
const stages = await coldStages(checkout);

say('in the browser');
const built = await tool('astro', ['build'], {}, 2);
if (built.code !== 0) process.exit(built.code);
const browser = await benchBrowser(root);

say('QEMU TCG on the same disk');
const qemu = await benchQemu(checkout);

console.log(JSON.stringify({
  snapshot: { bytes: checkout.snapshot?.bytes },
  image: { bytes: checkout.manifest.disk.compressed, chunks: checkout.manifest.disk.chunks },
  firstPrompt: browser.firstPrompt,
  restore: { ms: median(restores), browserMs: median(browser.prompts) },
  cold: { ...cold, stages },
  forkExec: { instructions: forkExec, ms: cold.forkExecMs },
  straceLs: { ms: [median(stracesFirst), median(stracesSecond)] },
  qemu: qemu && {
    ...qemu,
    ratio: {
      cold: round2(cold.ms / qemu.cold.ms),
      forkExec: round2(cold.forkExecMs / qemu.forkExec.ms),
      straceLs: round2(median(stracesSecond) / qemu.straceLs.ms),
    },
  },
}, null, 2));
process.exit(0);

async function timed(machine: Machine, script: string): Promise<number> {
  const start = performance.now();
  await machine.guest.run(script);
  return performance.now() - start;
}

/** A loop with an empty body is taken off, so that the shell's own work does not count. */
async function instructionsPerFork(machine: Machine): Promise<number> {
  const measure = async (script: string): Promise<number> => {
    await machine.guest.run(script);
    const before = await machine.instructions();
    await machine.guest.run(script);
    return (await machine.instructions()) - before;
  };
  const work = await measure(FORK_EXEC('/bin/true'));
  const empty = await measure(FORK_EXEC(':'));
  return Math.round((work - empty) / FORKS);
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
