import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualTimers } from '../base/manual-timers.ts';
import { Reading } from './reading.ts';

/** Two sections of five seconds each at the fastest. */
function page() {
  const timers = new ManualTimers();
  const read: string[] = [];
  const reading = new Reading(timers, [{ id: 'a', words: 50 }, { id: 'b', words: 50 }], (id) => read.push(id));
  const seconds = (count: number): number => Array.from({ length: count }, () => timers.next()).filter(Boolean).length;
  return { timers, read, reading, seconds };
}

test('a section is read when its end was seen and there was time to read it, once', () => {
  const { reading, read, seconds } = page();
  reading.inView('a', true);
  seconds(4);
  reading.ended('a');
  assert.deepEqual(read, []);
  seconds(1);
  assert.deepEqual(read, ['a']);
  assert.equal(seconds(1), 0, 'no clock runs when nothing is to be counted');
  reading.ended('a');
  assert.deepEqual(read, ['a']);
});

test('time without the end is not enough, and neither is scrolling past', () => {
  const { reading, read, seconds } = page();
  reading.inView('a', true);
  seconds(9);
  reading.inView('a', false);
  reading.inView('b', true);
  reading.ended('b');
  reading.inView('b', false);
  assert.deepEqual(read, []);
  reading.ended('a');
  assert.deepEqual(read, ['a']);
});

test('time counts only while the page is in front', () => {
  const { reading, read, seconds } = page();
  reading.inView('a', true);
  reading.ended('a');
  seconds(3);
  reading.away(true);
  assert.equal(seconds(9), 0);
  reading.away(false);
  seconds(1);
  assert.deepEqual(read, []);
  seconds(1);
  assert.deepEqual(read, ['a']);
});

test('an hour asleep is no reading', () => {
  const { timers, reading, read, seconds } = page();
  reading.inView('a', true);
  reading.ended('a');
  timers.after(0, () => undefined);
  const asleep = timers.now.bind(timers);
  let slept = 0;
  timers.now = () => asleep() + slept;
  slept = 3_600_000;
  seconds(2);
  assert.deepEqual(read, []);
  seconds(3);
  assert.deepEqual(read, ['a']);
});
