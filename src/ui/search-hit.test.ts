import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excerptParts, hitOf } from './search-hit.ts';

const at = (...scores: number[]) => scores.map((balanced_score) => ({ balanced_score }));

test('a result leads to the section that answers best, and names it', () => {
  const found = {
    url: '/boot/', excerpt: 'whole', weighted_locations: at(1, 1, 5), meta: { title: 'Boot' },
    sub_results: [
      { title: 'Boot', url: '/boot/', excerpt: 'top', weighted_locations: at(1, 1) },
      { title: 'The firmware', url: '/boot/#the-firmware', excerpt: 'part', weighted_locations: at(5) },
    ],
  };
  assert.deepEqual(hitOf(found), { href: '/boot/#the-firmware', title: 'Boot', section: 'The firmware', excerpt: [{ text: 'part', marked: false }] });
  assert.deepEqual(hitOf({ ...found, sub_results: found.sub_results.slice(0, 1) }), { href: '/boot/', title: 'Boot', section: undefined, excerpt: [{ text: 'top', marked: false }] });
  assert.equal(hitOf({ ...found, sub_results: [] }).href, '/boot/');
  assert.equal(hitOf({ ...found, meta: {}, sub_results: [] }).title, '/boot/');
});

test('an excerpt is text: what looks like an element was text on the page', () => {
  assert.deepEqual(excerptParts('a <mark>page</mark> <mark>fault</mark> , &lt;img src=x&gt;'), [
    { text: 'a ', marked: false }, { text: 'page', marked: true }, { text: ' ', marked: false }, { text: 'fault', marked: true }, { text: ', <img src=x>', marked: false },
  ]);
  assert.deepEqual(excerptParts('<b>x</b>'), [{ text: '<b>x</b>', marked: false }]);
  assert.deepEqual(excerptParts(''), []);
});
