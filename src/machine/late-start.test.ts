import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, test } from 'node:test';
import { Store, until } from '../base/store.ts';
import { realTimers, type Timers } from '../base/timers.ts';
import { Emulator } from './emulator.ts';
import { MachineError } from './error.ts';
import { LocalEngine } from './local-engine.ts';
import type { Machine } from './machine.ts';
import type { Checkout } from './node.ts';
import { Pc } from './pc.ts';
import { checkoutWithSnapshot } from './snapshot-build.ts';
import type { Source } from './source.ts';
import { openSupplies } from './supplies.ts';

// What the snapshot leaves out comes after it. A server that holds it back, or loses it, shows what a machine does meanwhile.

let checkout: Checkout;
let machine: Machine;
/** How often what was left out has been asked for, and how it is answered. */
let asked = 0;
let answer: () => Promise<boolean>;
/** Whether the guest stands still for it. */
let waits: Store<boolean>;

before(async () => {
  checkout = await checkoutWithSnapshot(console.error);
});

beforeEach(() => {
  asked = 0;
  answer = async () => true;
  waits = new Store(false);
  const { snapshots, snapshot, key } = checkout;
  const source: Source = {
    async read(path, options) {
      if (path !== snapshot?.late.file) return snapshots.read(path, options);
      asked++;
      if (!(await answer())) throw new TypeError('fetch failed');
      return snapshots.read(path, options);
    },
  };
  const timers: Timers = { now: realTimers.now, after: (ms, run) => realTimers.after(ms > 3_000 ? ms : 0, run) }; // pauses between attempts pass at once
  machine = new Pc({
    key, timers: realTimers, screen: snapshot?.console ?? '',
    open: (tell) => new LocalEngine(openSupplies({ ...checkout, snapshots: source, timers }), 0, (event) => {
      if (event.kind === 'waits') waits.set(event.waits);
      tell(event);
    }),
  });
});

afterEach(() => machine.dispose());

/** Reads all of the type information that the kernel holds of itself: nothing of it is needed for a prompt. */
const TYPES = 'sha256sum < /sys/kernel/btf/vmlinux';
/** By the time stamp counter, as the scheduler has it. /proc/uptime comes from another clock. */
const UPTIME = 'echo now > /dev/kmsg; dmesg | tail -n 1 | grep -oE "[0-9]+\\.[0-9]+"';

const run = async (script: string): Promise<string> => {
  const { code, stdout, stderr } = await machine.guest.run(script, { timeout: 120_000 });
  assert.equal(code, 0, stderr);
  return stdout.trim();
};

/** A machine whose guest stands still for what was left out, and what it has been told to do. */
async function waiting(): Promise<{ held: PromiseWithResolvers<boolean>; types: Promise<string> }> {
  const held = Promise.withResolvers<boolean>();
  answer = () => held.promise;
  const types = machine.start('snapshot').then(() => run(TYPES)); // now and then a start itself comes to such a page
  types.catch(() => undefined); // whoever awaits it hears of it
  await until(waits, (now) => now);
  return { held, types };
}

test('what needs it waits until it is there, and finds all as it was', async () => {
  const { held, types } = await waiting();
  held.resolve(true);
  const found = await types;
  await machine.start('snapshot');
  assert.equal(await run(TYPES), found, 'with all of it at hand from the beginning');
  assert.equal(asked, 1);
  // The tracer compares each place in the kernel's code with what it expects there, before it changes it.
  await run('cd /sys/kernel/tracing && echo function > current_tracer && echo nop > current_tracer');
  assert.equal(await run('dmesg | grep -icE "ftrace.*(fail|bug)|WARNING|BUG" || true'), '0');
});

test('while it waits the processor stands, also when it is told to go on, and its clock stands', async (t) => {
  await machine.start('snapshot');
  const begun = Number(await run(UPTIME)); // to print it, too, takes pages that were left out
  assert.ok(begun < 3_600, `its clock stands at ${begun} s`);
  await machine.dispose();
  const stop = t.mock.method(Emulator.prototype, 'stop');
  const since = performance.now();
  const { held, types } = await waiting();
  assert.ok(stop.mock.callCount() < 10, 'v86 gets slow when it is told to stop at each turn of the stub');
  const stood = await machine.instructions();
  machine.pause();
  machine.resume();
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  assert.equal(await machine.instructions(), stood);
  const { now } = performance;
  performance.now = () => now.call(performance) + 60_000; // a slow line
  try {
    held.resolve(true);
    assert.match(await types, /^[0-9a-f]{64} /);
    const uptime = Number(await run(UPTIME));
    const latest = begun + (now.call(performance) - since) / 1000;
    assert.ok(begun - 1 < uptime && uptime < latest, `${uptime} s, not from ${begun - 1} to ${latest}`);
    assert.equal(await run('dmesg | grep -ciE "lockup|hung" || true'), '0');
    assert.ok(Math.abs(Number(await run('date +%s')) - Date.now() / 1000) < 5, 'the time of day is right');
  } finally {
    performance.now = now;
  }
});

test('where it cannot be had the machine says so when it needs it, and goes on from there', async () => {
  answer = async () => false;
  await machine.start('snapshot');
  assert.equal(await run('uname -s'), 'Linux');
  const lost = (error: unknown): boolean => error instanceof MachineError && error.kind === 'network' && /the rest of the machine's memory/.test(error.message);
  await assert.rejects(run(TYPES), lost);
  const state = machine.state.get();
  assert.ok(state.kind === 'failed' && lost(state.error));
  answer = async () => true;
  machine.resume();
  await until(machine.state, ({ kind }) => kind === 'ready');
  assert.match(await run(TYPES), /^[0-9a-f]{64} /);
});

test('a machine that was started anew does not fail for what the one before waited for', async () => {
  const { held, types } = await waiting();
  await machine.start('snapshot');
  await assert.rejects(types);
  held.resolve(false);
  await assert.rejects(machine.inspect(0xc0000000), 'who asks hears of it');
  assert.equal(await run('uname -s'), 'Linux');
  assert.deepEqual([machine.state.get().kind, waits.get()], ['ready', false]);
});

test('a machine is saved with all of it, or not at all and goes on', async () => {
  answer = async () => false;
  await machine.start('snapshot');
  await assert.rejects(machine.save(), /the rest of the machine's memory/);
  assert.equal(await run('uname -s'), 'Linux');
  answer = async () => true;
  const saved = await machine.save();
  asked = 0;
  await machine.restore(saved);
  assert.match(await run(TYPES), /^[0-9a-f]{64} /);
  assert.equal(asked, 0);
});
