import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { until } from '../base/store.ts';
import { realTimers, type Timers } from '../base/timers.ts';
import { MachineError, type MachineErrorKind } from './error.ts';
import type { Machine } from './machine.ts';
import { openMachine } from './node.ts';
import { checkoutWithSnapshot } from './snapshot-build.ts';
import type { Source } from './source.ts';

type Fault = (path: string, bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> | undefined | 'gone' | 'stalls';

const LONGEST_PAUSE = 3_000; // between two attempts; what is longer is patience with a silent server

/** Pauses pass at once. Patience ends when the server has fallen silent, however busy this computer is, and never before. */
class Patience implements Timers {
  #now = 0;
  readonly #waiting = new Set<() => void>();

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    if (ms <= LONGEST_PAUSE) return realTimers.after(0, run);
    this.#waiting.add(run);
    return () => void this.#waiting.delete(run);
  }

  end(): void {
    this.#now += 60_000;
    for (const run of [...this.#waiting]) {
      this.#waiting.delete(run);
      run();
    }
  }
}

const patience = new Patience();
const well: Fault = (_, bytes) => bytes;
let fault = well;
let machine: Machine;

before(async () => {
  const checkout = await checkoutWithSnapshot(console.error);
  const faulty = (source: Source): Source => ({
    async read(path, options) {
      const bytes = await source.read(path, options);
      const answer = bytes && fault(path, bytes);
      if (answer === 'gone') throw new TypeError('fetch failed');
      if (answer === 'stalls') {
        patience.end();
        return new Promise(() => undefined);
      }
      return answer;
    },
  });
  machine = openMachine({ ...checkout, image: faulty(checkout.image), snapshots: faulty(checkout.snapshots) }, patience);
});

after(() => machine.dispose());

const flipped = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => bytes.map((byte, n) => (n === bytes.length >> 1 ? byte ^ 1 : byte));
const html = new TextEncoder().encode('<!doctype html><title>Sign in to this network</title>');
const only = (match: RegExp, answer: (bytes: Uint8Array<ArrayBuffer>) => ReturnType<Fault>): Fault => (path, bytes) => (match.test(path) ? answer(bytes) : bytes);

const of = (kind: MachineErrorKind) => (error: unknown): boolean =>
  error instanceof MachineError && error.kind === kind && /\.$/.test(error.message) && /\.$/.test(error.remedy);

// each on a machine that has not started yet: what it has once fetched and checked it keeps
for (const [name, given, kind] of [
  ['an index that is missing', only(/\.idx$/, () => undefined), 'index-missing'],
  ['an index that is cut short', only(/\.idx$/, (bytes) => bytes.slice(0, -3)), 'index-malformed'],
  ['an index that is an HTML page', only(/\.idx$/, () => html), 'index-malformed'],
  ['firmware that is wrong by one bit', only(/^bios/, flipped), 'chunk-damaged'],
  ['a first piece of the disk that is missing', only(/^chunks/, () => undefined), 'chunk-missing'],
  ['a snapshot that is missing', only(/^\w+\.zst$/, () => undefined), 'snapshot-missing'],
  ['a snapshot that is cut short', only(/^\w+\.zst$/, (bytes) => bytes.slice(0, -1000)), 'snapshot-damaged'],
  ['a snapshot that is wrong by one bit', only(/^\w+\.zst$/, flipped), 'snapshot-damaged'],
  ['a snapshot that stalls', only(/^\w+\.zst$/, () => 'stalls'), 'network'],
  ['a server that is gone', only(/./, () => 'gone'), 'network'],
] as const) {
  test(`${name} fails the start with ${kind}, and the next start works`, async () => {
    await machine.dispose();
    fault = given;
    await assert.rejects(machine.start('snapshot'), of(kind));
    const state = machine.state.get();
    assert.ok(state.kind === 'failed' && of(kind)(state.error));
    fault = well;
    await machine.start('snapshot');
    assert.equal(machine.state.get().kind, 'ready');
  });
}

for (const [name, given, kind] of [
  ['is missing', () => undefined, 'chunk-missing'],
  ['is cut short', (bytes) => bytes.slice(0, -9), 'chunk-damaged'],
  ['is wrong by one bit', flipped, 'chunk-damaged'],
  ['is an HTML page', () => html, 'chunk-damaged'],
  ['stalls', () => 'stalls', 'network'],
  ['is on a server that is gone', () => 'gone', 'network'],
] as const satisfies [string, (bytes: Uint8Array<ArrayBuffer>) => ReturnType<Fault>, MachineErrorKind][]) {
  test(`a piece of the disk that ${name} stops the machine with ${kind}; it goes on when the piece comes`, async () => {
    await machine.dispose();
    fault = well;
    await machine.start('snapshot');
    await machine.guest.run('echo kept > /root/kept');
    fault = only(/^chunks/, given);
    await assert.rejects(machine.guest.run('cat /usr/bin/[a-d]* > /dev/null'), of(kind));
    const state = await until(machine.state, (now) => now.kind === 'failed');
    assert.ok(state.kind === 'failed' && of(kind)(state.error));
    await assert.rejects(machine.guest.run('true'), of(kind));
    fault = well;
    machine.resume();
    await until(machine.state, (now) => now.kind === 'ready');
    assert.equal((await machine.guest.run('cat /usr/bin/[a-d]* > /dev/null; cat /root/kept', { timeout: 120_000 })).stdout, 'kept\n');
  });
}

test('50 restores in one process: memory has settled by the tenth, and grows by less than 10 %', async () => {
  setFlagsFromString('--expose-gc'); // what nobody holds any more is not growth, and when it is collected is chance
  const collect = runInNewContext('gc') as () => void;
  const held = (): number => {
    collect();
    const { heapUsed, external } = process.memoryUsage(); // the guest's memory is external
    return heapUsed + external;
  };
  let settled = 0;
  for (let n = 1; n <= 50; n++) {
    await machine.start('snapshot');
    if (n === 10) settled = held();
  }
  const growth = held() / settled - 1;
  assert.ok(growth < 0.1, `it grew by ${(100 * growth).toFixed(1)} %`);
});
