import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../base/store.ts';
import { MachineError, type MachineErrorKind } from './error.ts';
import type { Machine, MachineState } from './machine.ts';
import { openMachine } from './node.ts';
import { checkoutWithSnapshot } from './snapshot-build.ts';

let machine: Machine;

before(async () => {
  machine = openMachine(await checkoutWithSnapshot(console.error));
});

beforeEach(() => machine.start('snapshot'));

after(() => machine.dispose());

const state = (kind: MachineState['kind']): Promise<MachineState> => until(machine.state, (now) => now.kind === kind);

async function failure(kind: MachineErrorKind): Promise<void> {
  const failed = await state('failed');
  assert.ok(failed.kind === 'failed');
  assert.equal(failed.error.kind, kind);
  assert.match(failed.error.message, /\.$/);
  assert.match(failed.error.remedy, /\.$/);
}

const rejected = (work: Promise<unknown>, ...kinds: MachineErrorKind[]): Promise<void> =>
  assert.rejects(work, (error) => error instanceof MachineError && kinds.includes(error.kind));

test('a panic is named, what was pending rejects, and a new start works', async () => {
  const pending = rejected(machine.guest.run('sleep 1000'), 'panic');
  machine.console.write('echo c > /proc/sysrq-trigger\r');
  await failure('panic');
  await pending;
  assert.match(machine.console.transcript(), /Kernel panic - not syncing/);
  await rejected(machine.guest.run('true'), 'panic');
  await machine.start('snapshot');
  assert.equal((await machine.guest.run('echo back')).stdout, 'back\n');
});

test("a panic's words alone are no panic", async () => {
  const pending = machine.guest.run('sleep 2; echo undisturbed');
  machine.console.write('echo Kernel panic - not syncing\r');
  assert.equal((await pending).stdout, 'undisturbed\n');
  assert.equal(machine.state.get().kind, 'ready');
});

test('a machine that is powered off says so', async () => {
  const pending = rejected(machine.guest.run('sleep 1000'), 'interrupted', 'powered-off');
  machine.console.write('systemctl poweroff --force\r');
  await failure('powered-off');
  await pending;
});

test('a reboot by the reader is a machine that boots, and is then ready again', async () => {
  const before = (await machine.guest.run('cat /proc/sys/kernel/random/boot_id')).stdout;
  const pending = rejected(machine.guest.run('sleep 1000'), 'interrupted');
  machine.console.write('reboot -f\r');
  await state('booting');
  await pending;
  await rejected(machine.guest.run('true'), 'refused');
  await state('ready');
  assert.notEqual((await machine.guest.run('cat /proc/sys/kernel/random/boot_id')).stdout, before);
});

test('an agent that is killed comes back', async () => {
  const pending = rejected(machine.guest.run('sleep 1000'), 'interrupted');
  machine.console.write('pkill -9 -x agent\r');
  await pending;
  await state('ready');
  assert.equal((await machine.guest.run('echo back')).stdout, 'back\n');
});

test('a full disk refuses a put with its reason, and scripts still run', async () => {
  await machine.guest.run('fallocate -l 100G /root/full || dd if=/dev/zero of=/root/full bs=1M', { timeout: 300_000 });
  await assert.rejects(machine.guest.put('/root/more', new Uint8Array(200_000)), /No space left on device/);
  assert.equal((await machine.guest.run('rm /root/full; echo freed')).stdout, 'freed\n');
});

test('a fork bomb on the console does not take the agent with it', async () => {
  machine.console.write('bomb() { bomb | bomb & }; bomb\r');
  for (let n = 0; n < 5; n++) assert.equal((await machine.guest.run('echo alive', { timeout: 60_000 })).stdout, 'alive\n');
});
