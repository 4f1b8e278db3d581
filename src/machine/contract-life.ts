import { until } from '../base/store.ts';
import { claim, pattern, prompted, refusal, same, typed, type ContractCase } from './contract-claims.ts';

/** Of a machine's life: starts, checkpoints, pauses, resets and its end. */
export const LIFE_CONTRACT: readonly ContractCase[] = [
  {
    name: 'a start goes from off through loading and booting to ready',
    async run(_, open) {
      const machine = await open();
      const kinds = [machine.state.get().kind];
      machine.state.watch(({ kind }) => { if (kinds.at(-1) !== kind) kinds.push(kind); });
      await machine.start('snapshot');
      same(kinds, ['off', 'loading', 'booting', 'ready']);
      claim(machine.console.transcript().endsWith('# '), 'the console does not show the prompt');
      await machine.dispose();
      same(kinds.at(-1), 'off');
    },
  },
  {
    name: 'a start that is aborted leaves the machine off',
    async run(_, open) {
      const machine = await open();
      const abort = new AbortController();
      const started = machine.start('snapshot', abort.signal);
      abort.abort(new Error('not now'));
      same(await started.catch((error: unknown) => String(error)), 'Error: not now');
      same(machine.state.get().kind, 'off');
    },
  },
  {
    name: 'restore goes back to what save kept, console included',
    async run(machine) {
      await machine.guest.put('/root/kept', pattern(100));
      await typed(machine, "echo befo''re", /before/);
      const saved = await machine.save();
      await machine.guest.put('/root/kept', pattern(5));
      await typed(machine, "echo af''ter", /after/);
      await machine.restore(saved);
      same(machine.state.get().kind, 'ready');
      same((await machine.guest.get('/root/kept')).length, 100);
      claim(/before/.test(machine.console.transcript()) && !/after\r?\n/.test(machine.console.transcript()), 'the console shows another moment');
    },
  },
  {
    name: "restore goes back in the guest's time, as often as it is done",
    async run(machine) {
      const uptime = async (): Promise<number> => Number((await machine.guest.run('cut -d " " -f 1 /proc/uptime')).stdout) * 1000;
      const saved = await machine.save();
      const before = await uptime();
      for (let times = 0; times < 3; times++) {
        const began = performance.now();
        await machine.restore(saved);
        const jumped = (await uptime()) - before - (performance.now() - began);
        claim(jumped < 1_000, `the guest's clock jumped by ${jumped} ms`);
      }
    },
  },
  {
    name: 'a machine saved while it boots goes on booting when it is restored',
    async run(machine) {
      const back = machine.reset();
      await until(machine.state, ({ kind }) => kind === 'booting');
      const saved = await machine.save();
      await back;
      await machine.restore(saved);
      await until(machine.state, ({ kind }) => kind === 'ready');
      same((await machine.guest.run('echo on')).stdout, 'on\n');
      await prompted(machine);
    },
  },
  {
    name: 'restore refuses what is cut short or foreign, and the machine goes on',
    async run(machine) {
      const saved = await machine.save();
      await refusal(machine.restore(saved.slice(0, -1)), 'snapshot-damaged');
      await refusal(machine.restore(new TextEncoder().encode('<!doctype html>')), 'snapshot-damaged');
      const foreign = saved.slice();
      const at = new TextDecoder('latin1').decode(saved.subarray(0, 200)).indexOf('"key":"') + 7;
      foreign[at] = 0x7a;
      await refusal(machine.restore(foreign), 'snapshot-version');
      same((await machine.guest.run('echo on')).stdout, 'on\n');
    },
  },
  {
    name: 'a paused machine stands still and goes on where it stood',
    async run(machine) {
      machine.pause();
      let ended = false;
      const pending = machine.guest.run('echo late').then(({ stdout }) => { ended = true; return stdout; });
      await machine.instructions();
      claim(!ended, 'it ran while paused');
      machine.resume();
      same(await pending, 'late\n');
    },
  },
  {
    name: 'the instruction counter grows',
    async run(machine) {
      const before = await machine.instructions();
      await machine.guest.run('true');
      claim((await machine.instructions()) > before, 'it stands still');
    },
  },
  {
    name: 'a machine that is off, or starting, refuses to run scripts',
    async run(_, open) {
      const machine = await open();
      await refusal(machine.guest.run('true'), 'refused');
      const started = machine.start('snapshot');
      await refusal(machine.guest.run('true'), 'refused');
      await started;
      await machine.dispose();
    },
  },
  {
    name: 'dispose rejects what is pending; another start begins afresh',
    async run(_, open) {
      const machine = await open();
      await machine.start('snapshot');
      await machine.guest.put('/root/gone', pattern(3));
      const pending = refusal(machine.guest.run('sleep 1000'), 'disposed');
      await machine.dispose();
      await pending;
      same(machine.state.get().kind, 'off');
      await machine.start('snapshot');
      await refusal(machine.guest.get('/root/gone'), 'refused');
      await machine.dispose();
    },
  },
  {
    name: 'reset boots again with the disk as it is',
    async run(machine) {
      const bootId = async (): Promise<string> => (await machine.guest.run('cat /proc/sys/kernel/random/boot_id')).stdout;
      await machine.guest.put('/root/stays', pattern(7));
      await machine.guest.run('sync');
      const before = await bootId();
      const boots = machine.console.boots().length;
      const pending = refusal(machine.guest.run('sleep 1000'), 'interrupted');
      const back = machine.reset();
      await pending;
      same(machine.state.get().kind, 'booting');
      await back;
      await until(machine.state, ({ kind }) => kind === 'ready');
      claim((await bootId()) !== before, 'it is still the same boot');
      same((await machine.guest.get('/root/stays')).length, 7);
      same(machine.console.boots().length, boots + 1);
      await prompted(machine);
      claim(machine.console.boots().join('') === machine.console.transcript(), 'the boots are not the transcript, parted');
    },
  },
];
