import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Sleep } from './sleep.ts';

test('an hour asleep is told once; a clock that is set back, or corrected a little, is not', () => {
  const host = { wall: 1_000_000, steady: 10 };
  const sleep = new Sleep(() => host.wall, () => host.steady);
  host.wall += 3_600_000;
  assert.equal(sleep.look(), true);
  assert.equal(sleep.look(), false);
  host.wall += 60_000;
  host.steady += 59_000;
  assert.equal(sleep.look(), false);
  host.wall -= 86_400_000;
  assert.equal(sleep.look(), false);
  host.wall += 6000;
  assert.equal(sleep.look(), true);
});
