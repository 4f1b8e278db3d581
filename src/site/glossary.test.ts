import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glossary, termOf } from './glossary.ts';

test('each term has an address of its own', () => {
  const anchors = glossary.map(({ anchor }) => anchor);
  assert.deepEqual(anchors.filter((anchor, at) => anchor === '' || anchors.indexOf(anchor) !== at), []);
});

test('terms stand in the order of the alphabet, small and capital letters alike', () => {
  const names = glossary.map(({ name }) => name);
  assert.ok(names.indexOf('ABI') < names.indexOf('boot_params'));
  assert.ok(names.indexOf('vDSO') < names.indexOf('VFS'));
});

test('a term that is not defined is refused, with those that are near', () => {
  assert.throws(() => termOf('errnoo'), /content\/glossary\.ts does not define it.*\berrno\b/);
  assert.equal(termOf('page fault').anchor, 'page-fault');
});
