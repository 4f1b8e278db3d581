import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sample } from './sample.ts';

const itself = (item: number): number => item;

test('what fits is taken, in order, from a place that the seed chooses', () => {
  assert.deepEqual(sample([3, 4, 5], itself, 100, 7), [3, 4, 5]);
  assert.deepEqual(sample([3, 4, 5], itself, 8, 0), [3, 4]);
  assert.deepEqual(sample([3, 4, 5], itself, 8, 1), [4, 3].sort());
  assert.deepEqual(sample([3, 4, 5], itself, 8, 2), [3, 5]);
});

test('what alone is dearer than the budget is left out, wherever the seed begins', () => {
  for (const seed of [0, 1, 2]) assert.deepEqual(sample([3, 40, 5], itself, 8, seed), [3, 5]);
});

test('the cheapest is taken where none fits', () => {
  assert.deepEqual(sample([9, 7, 8], itself, 1, 3), [7]);
  assert.deepEqual(sample([], itself, 1, 3), []);
});
