import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offlineView } from './offline-words.ts';

const file = { path: 'x', bytes: 2_000_000, hash: 'a'.repeat(32) };
const list = { version: 1 as const, id: 'b'.repeat(32), pages: [file], machine: [{ ...file, bytes: 10_000_000 }], disk: { list: file, files: 1, bytes: 100_000_000 } };
const none = { pages: 0, machine: 0, disk: 0 };
const all = { pages: 2_000_000, machine: 10_000_000, disk: 100_000_000 };
const standing = (whole: boolean, served = list) => ({ version: 1 as const, served, whole, older: [] });

test('what is stored, and what a press would fetch, in words', () => {
  const view = (stored: typeof none, kept?: ReturnType<typeof standing>, whole = true) => {
    const { state, take, sentence } = offlineView({ list, standing: kept, stored, whole });
    assert.match(sentence, /^[A-Z0-9].*\.$/s);
    return [state, take];
  };
  assert.deepEqual(view(none), ['none', 'Take this course offline (112.0 MB)']);
  assert.deepEqual(view({ ...none, disk: 30_000_000 }), ['none', 'Take this course offline (82.0 MB)']);
  assert.deepEqual(view({ ...all, disk: 60_000_000 }), ['partial', 'Fetch the missing 40.0 MB']);
  assert.deepEqual(view(all), ['partial', 'Finish']);
  assert.deepEqual(view(all, standing(true)), ['stored', undefined]);
  assert.deepEqual(view({ ...all, disk: 0 }, standing(false), false), ['stored', undefined]);
  assert.deepEqual(view({ ...all, disk: 0 }, standing(false), true), ['stored', 'Fetch the missing 100.0 MB']);
  assert.deepEqual(view(all, standing(false), true), ['stored', 'Take the whole disk']);
  assert.deepEqual(view({ ...all, pages: 1_000_000 }, standing(true)), ['damaged', 'Fetch the missing 1.0 MB']);
  assert.deepEqual(view({ ...all, pages: 1_000_000 }, standing(true, { ...list, id: 'c'.repeat(32) })), ['outdated', 'Fetch the update']);
});
