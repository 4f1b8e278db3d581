import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, test } from 'node:test';
import { until } from '../base/store.ts';
import { realTimers } from '../base/timers.ts';
import { MachineError } from './error.ts';
import type { Machine } from './machine.ts';
import { openMachine, type Checkout } from './node.ts';
import { checkoutWithSnapshot } from './snapshot-build.ts';

// What the snapshot leaves out comes after it. A server that holds it back, or loses it, shows what a machine does meanwhile.

let checkout: Checkout;
let machine: Machine;
/** How often what was left out has been asked for, and how it is answered. */
let asked = 0;
let answer: () => Promise<boolean>;

before(async () => {
  checkout = await checkoutWithSnapshot(console.error);
});

beforeEach(() => {
  asked = 0;
  answer = async () => true;
  const { snapshots, snapshot } = checkout;
  machine = openMachine({
    ...checkout,
    snapshots: {
      async read(path, options) {
        if (path !== snapshot?.late.file) return snapshots.read(path, options);
        asked++;
        if (!(await answer())) throw new TypeError('fetch failed');
        return snapshots.read(path, options);
      },
    },
  }, { now: realTimers.now, after: (ms, run) => realTimers.after(ms > 3_000 ? ms : 0, run) }); // pauses between attempts pass at once
});

afterEach(() => machine.dispose());

/** Reads all of the type information that the kernel holds of itself: nothing of it is needed for a prompt. */
const TYPES = 'sha256sum < /sys/kernel/btf/vmlinux';

const run = async (script: string): Promise<string> => {
  const { code, stdout, stderr } = await machine.guest.run(script, { timeout: 120_000 });
  assert.equal(code, 0, stderr);
  return stdout.trim();
};

test('a prompt and a command come without it; what needs it waits until it is there, and finds all as it was', async () => {
  const held = Promise.withResolvers<boolean>();
  answer = () => held.promise;
  await machine.start('snapshot');
  assert.equal(await run('uname -s'), 'Linux');
  const types = run(TYPES);
  held.resolve(true);
  const found = await types;
  await machine.start('snapshot');
  assert.equal(await run(TYPES), found, 'with all of it at hand from the beginning');
  assert.equal(asked, 1);
  // The tracer compares each place in the kernel's code with what it expects there, before it changes it.
  await run('cd /sys/kernel/tracing && echo function > current_tracer && echo nop > current_tracer');
  assert.equal(await run('dmesg | grep -icE "ftrace.*(fail|bug)|WARNING|BUG" || true'), '0');
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

test('a machine is saved with all of it', async () => {
  const held = Promise.withResolvers<boolean>();
  answer = () => held.promise;
  await machine.start('snapshot');
  const saving = machine.save();
  held.resolve(true);
  const saved = await saving;
  answer = async () => false;
  await machine.restore(saved);
  assert.match(await run(TYPES), /^[0-9a-f]{64} /);
  assert.equal(asked, 1);
});
