import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foundWords, lostWords } from './search-words.ts';

test('what was found is counted, one and many', () => {
  assert.equal(foundWords('errno', [{ kind: 'term', total: 1, hits: [] }, { kind: 'lab', total: 7, hits: [] }]), 'Found in 1 term, 7 labs.');
  assert.match(foundWords('zzz', []), /^Nothing here has “zzz” in it\. Try /);
});

test('an index that did not come is told with the remedy, online and offline', () => {
  assert.match(lostWords(true), /did not arrive.*to try again/);
  assert.match(lostWords(false), /^You are offline.*to try again/);
});
