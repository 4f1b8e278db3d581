import { claim, refusal, same, type ContractCase } from './contract-claims.ts';
import type { Inspection } from './inspection.ts';
import type { Machine } from './machine.ts';

/** A program that never rests, so that a look finds it at work; prints its pid. */
export const BUSY = 'sh -c "while :; do :; done" >/dev/null 2>&1 & echo $!';

/** Looks until `seen`, letting the machine go on between two looks. */
export async function lookUntil(machine: Machine, seen: (found: Inspection) => boolean, what: string, address?: number): Promise<Inspection> {
  for (let times = 0; times < 5000; times++) {
    const found = await machine.inspect(address);
    if (seen(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  throw new Error(`5000 looks did not show ${what}`);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** Of the look at the machine from outside. */
export const LOOK_CONTRACT: readonly ContractCase[] = [
  {
    name: 'a look names the running task, and where its structure lies in memory',
    async run(machine) {
      const pid = Number((await machine.guest.run(BUSY)).stdout);
      const { kernel } = await lookUntil(machine, (found) => found.kernel?.task.pid === pid && found.privilege === 3, `pid ${pid} in ring 3`);
      same([kernel?.task.name, kernel?.task.thread, kernel?.task.kernel], ['sh', pid, false]);
      await machine.guest.run(`kill ${pid}`);
      const { walk } = await machine.inspect(kernel?.task.at ?? 0);
      claim(walk?.end.kind === 'mapped' && walk.end.writable && !walk.end.user, `the kernel's memory is not its own: ${JSON.stringify(walk)}`);
    },
  },
  {
    name: 'a look follows an address that leads nowhere to where it ends',
    async run(machine) {
      const { walk, cr3 } = await machine.inspect(0);
      same([walk?.address, walk?.end, walk?.levels[0]?.table, walk?.levels[0]?.at], [0, { kind: 'unmapped' }, 'PDE', cr3]);
      same((await machine.inspect()).walk, undefined);
    },
  },
  {
    name: 'rings and interrupts are counted while the machine is watched, and only then',
    async run(machine) {
      const work = async (): Promise<readonly number[]> => {
        const before = await machine.inspect();
        await machine.guest.run('echo work');
        const after = await machine.inspect();
        claim(after.instructions > before.instructions && after.at >= before.at, 'the machine stands still');
        return [sum(after.counts.rings) - sum(before.counts.rings), sum(after.counts.interrupts) - sum(before.counts.interrupts)];
      };
      same(await work(), [0, 0]);
      machine.watch(true);
      claim((await work()).every((count) => count > 0), 'nothing was counted');
      machine.watch(true); // no second time
      machine.watch(false);
      same(await work(), [0, 0]);
    },
  },
  {
    name: 'a machine that stands still can be looked at, one that is off can not',
    async run(machine, open) {
      machine.pause();
      const { instructions } = await machine.inspect();
      same((await machine.inspect()).instructions, instructions);
      machine.resume();
      await refusal((await open()).inspect(), 'refused');
    },
  },
];
