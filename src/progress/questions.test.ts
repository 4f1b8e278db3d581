import assert from 'node:assert/strict';
import test from 'node:test';
import { emptyDocument } from './document.ts';
import { Progress } from './progress.ts';
import { againKey, answerKey, countDue, isDue } from './questions.ts';

const started = (): Progress => new Progress({ storage: undefined, now: () => 1 });

test('a question missed is due until it was made good, and only on its page', () => {
  const progress = started();
  progress.enter('boot', againKey('grub'), 'missed');
  progress.enter('node', answerKey('grub'), '1');
  assert.ok(isDue(progress.document.get(), 'boot', 'grub'));
  assert.ok(!isDue(progress.document.get(), 'node', 'grub'));
  assert.equal(countDue(progress.document.get()), 1);
  progress.enter('boot', againKey('grub'), '');
  assert.ok(!isDue(progress.document.get(), 'boot', 'grub'));
  assert.equal(countDue(progress.document.get()), 0);
});

test('nothing is due where nothing was answered, and names of Object.prototype are no pages', () => {
  assert.equal(countDue(emptyDocument), 0);
  assert.ok(!isDue(emptyDocument, 'constructor', 'toString'));
});
