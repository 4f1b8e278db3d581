import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Inspection } from '../machine/inspection.ts';
import { Looks } from './xray-rates.ts';

const look = (at: number, instructions: number, rings: readonly number[], timer: number): Inspection => ({
  at, instructions, privilege: 0, halted: true, cr0: 0, cr2: 0, cr3: 0, cr4: 0, kernel: undefined, walk: undefined,
  counts: { rings, interrupts: [timer] }, chunks: { fetched: 0, cached: 0, bytes: 0 },
});

test('one look tells no rate, two tell shares of the time between them', () => {
  const looks = new Looks();
  assert.equal(looks.add(look(5000, 100, [0, 0, 0, 7], 3)), undefined);
  assert.deepEqual(looks.add(look(7000, 4_000_100, [500, 0, 0, 1007], 203)), {
    seconds: 2, instructionsPerSecond: 2_000_000, ring0: 0.25, ring3: 0.5, rest: 0.25, interrupts: [100],
  });
});

test('only the last five seconds count', () => {
  const looks = new Looks();
  for (let second = 0; second < 20; second++) looks.add(look(second * 1000, second < 10 ? second * 1e6 : 1e7, [second < 10 ? 1000 * second : 10_000, 0, 0, 0], 0));
  const rates = looks.add(look(20_000, 1e7, [10_000, 0, 0, 0], 0));
  assert.deepEqual([rates?.seconds, rates?.instructionsPerSecond, rates?.ring0, rates?.rest], [5, 0, 0, 1]);
});

test('a machine that was opened anew is no negative rate', () => {
  const looks = new Looks();
  looks.add(look(9000, 5000, [900, 0, 0, 0], 50));
  assert.equal(looks.add(look(9500, 10, [0, 0, 0, 0], 0)), undefined);
  assert.equal(looks.add(look(10_500, 1010, [100, 0, 0, 0], 5))?.instructionsPerSecond, 1000);
});
