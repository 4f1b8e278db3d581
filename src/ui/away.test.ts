import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualTimers } from '../base/manual-timers.ts';
import { Away } from './away.ts';

function tab() {
  const timers = new ManualTimers();
  const done: string[] = [];
  const world = { busy: false };
  const away = new Away(timers, { busy: () => world.busy, pause: () => done.push('paused'), goOn: (stood) => done.push(`on after ${stood}`) });
  return { timers, done, world, away };
}

test('a machine that is left alone in a hidden tab stands still until its reader is back', () => {
  const { away, timers, done } = tab();
  away.hidden(true);
  timers.next();
  assert.deepEqual(done, ['paused']);
  timers.after(5000, () => undefined);
  timers.next();
  away.hidden(false);
  assert.deepEqual(done, ['paused', 'on after 5000']);
  assert.equal(timers.next(), false);
});

test('what prints goes on, and so does what is under way', () => {
  const { away, timers, done, world } = tab();
  away.hidden(true);
  timers.after(59_000, () => away.printed());
  timers.next();
  world.busy = true;
  timers.next();
  assert.equal(timers.now(), 119_000);
  assert.deepEqual(done, []);
  world.busy = false;
  timers.next();
  assert.deepEqual(done, ['paused']);
});

test('a reader who is back in time finds nothing changed', () => {
  const { away, timers, done } = tab();
  away.hidden(true);
  away.hidden(false);
  assert.equal(timers.next(), false);
  away.printed();
  assert.equal(timers.next(), false);
  assert.deepEqual(done, []);
});
