import { test } from 'node:test';
import assert from 'node:assert/strict';
import { bytesWords, stateWords } from './state.ts';

test('the lamp says in words what the machine does', () => {
  assert.equal(stateWords({ kind: 'off' }, undefined), 'Off');
  assert.equal(stateWords({ kind: 'ready' }, 543), 'Running, prompt after 0.54 s');
  assert.equal(stateWords({ kind: 'ready' }, undefined), 'Running');
});

test('loading counts in megabytes', () => {
  assert.equal(bytesWords(3_120_000, 7_900_000), '3.1 of 7.9 MB');
  assert.equal(bytesWords(3_120_000, 0), '3.1 MB');
});
