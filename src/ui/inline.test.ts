import { test } from 'node:test';
import assert from 'node:assert/strict';
import { inlineParts } from './inline.ts';

test('backticks set code', () => {
  assert.deepEqual(inlineParts('`uname -r` prints the release.'), [
    { kind: 'code', text: 'uname -r' },
    { kind: 'text', text: ' prints the release.' },
  ]);
});

test('a lonely backtick is text, and markup stays text', () => {
  assert.deepEqual(inlineParts('a ` b <b>'), [{ kind: 'text', text: 'a ` b <b>' }]);
});
