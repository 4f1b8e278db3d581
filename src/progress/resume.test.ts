import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Outline } from '../lab/outline.ts';
import { Progress } from './progress.ts';
import { answerKey } from './questions.ts';
import { resumeAt } from './resume.ts';
import { tally, tallyWords, total } from './tally.ts';

const proof = { facts: [], interpretations: [], open: [] };
const part = (id: string) => ({ id, title: id.toUpperCase() });
const lab = (id: string, ...steps: string[]) => ({ id, title: id, href: `/${id}/`, sections: [], questions: [], predictions: [], steps: steps.map(part), fields: [] });
const module = { id: 'node', title: 'Node', href: '/node/', sections: [part('contract'), part('gaps')], questions: ['q'], predictions: [], steps: [], fields: [] };
const outline: Outline = [module, lab('node/one', 'a', 'b', 'c'), lab('node/two', 'd')];

const place = (progress: Progress) => {
  const found = resumeAt(progress.document.get(), outline);
  return found && [found.page.id, found.anchor, found.words];
};

test('a reader goes on where something was done last, at the first thing that is open there', () => {
  let time = 1;
  const progress = new Progress({ storage: undefined, now: () => time++ });
  assert.equal(place(progress), undefined);
  progress.read('node', 'contract');
  assert.deepEqual(place(progress), ['node', 'gaps', 'GAPS']);
  progress.pass('node/one', 'a', proof);
  progress.pass('node/one', 'b', proof);
  assert.deepEqual(place(progress), ['node/one', 'step-c', 'step 3, C']);
  progress.pass('node/one', 'c', proof);
  assert.deepEqual(place(progress), ['node/two', undefined, undefined]);
  progress.pass('node/two', 'd', proof);
  assert.deepEqual(place(progress), ['node', 'gaps', 'GAPS']);
  progress.read('node', 'gaps');
  assert.deepEqual(place(progress), ['node', 'check-yourself', 'Check yourself']);
  progress.enter('node', answerKey('q'), '0');
  assert.equal(place(progress), undefined);
});

test('what a page no longer has does not count', () => {
  const progress = new Progress({ storage: undefined, now: () => 1 });
  progress.read('node', 'gone');
  progress.read('node', 'gaps');
  progress.enter('node', answerKey('gone'), '1');
  const counted = tally(progress.document.get(), module);
  assert.deepEqual(counted, { sections: { done: 1, of: 2 }, questions: { done: 0, of: 1 }, steps: { done: 0, of: 0 } });
  assert.equal(tallyWords(counted), '1 of 2 sections read');
  assert.deepEqual(total([counted, counted]).sections, { done: 2, of: 4 });
});
