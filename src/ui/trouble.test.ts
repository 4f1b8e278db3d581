import { test } from 'node:test';
import assert from 'node:assert/strict';
import { MachineError } from '../machine/error.ts';
import { AuthorError } from '../lab/author-error.ts';
import { troubleOf } from './trouble.ts';

test('a failure of the machine is told in its own words', () => {
  const error = new MachineError('panic', 'The kernel panicked.', 'Press the power button.');
  assert.deepEqual(troubleOf(error), { message: 'The kernel panicked.', remedy: 'Press the power button.' });
});

test('a fault of the lab is ours, and says so', () => {
  const error = new AuthorError([{ where: 'x', expected: 'a', found: 'b', mend: 'Mend it.' }]);
  assert.match(troubleOf(error).message, /^This lab has a fault of its own: x: expected a/);
  assert.match(troubleOf(error).remedy, /not your work/);
});

test('code that does not arrive is a matter of the network', () => {
  assert.match(troubleOf(new TypeError('Failed to fetch dynamically imported module: http://x/a.js')).message, /server can not be reached/);
});

test('anything else still has a remedy', () => {
  assert.match(troubleOf(new Error('x is undefined')).message, /x is undefined/);
  assert.match(troubleOf('odd').remedy, /Reload/);
});
