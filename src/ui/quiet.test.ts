import { test } from 'node:test';
import assert from 'node:assert/strict';
import { ManualTimers } from '../base/manual-timers.ts';
import { Quiet } from './quiet.ts';

function listening() {
  const timers = new ManualTimers();
  let times = 0;
  const quiet = new Quiet(timers, () => { times += 1; });
  return { timers, quiet, times: () => times };
}

test('quiet comes once after Enter, when the output has ended', () => {
  const { timers, quiet, times } = listening();
  quiet.typed('ls\r');
  quiet.printed();
  quiet.printed();
  assert.equal(times(), 0);
  while (timers.next());
  assert.equal(times(), 1);
  quiet.printed();
  assert.equal(timers.next(), false);
});

test('typing without Enter, and output by itself, are nothing to look at', () => {
  const { timers, quiet, times } = listening();
  quiet.typed('l');
  quiet.printed();
  assert.deepEqual([timers.next(), times()], [false, 0]);
});

test('a stopped listener stays silent', () => {
  const { timers, quiet, times } = listening();
  quiet.typed('\r');
  quiet.stop();
  assert.deepEqual([timers.next(), times()], [false, 0]);
});
