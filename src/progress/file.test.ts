import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Outline } from '../lab/outline.ts';
import { progressFile } from './file.ts';
import { Progress, progressKey } from './progress.ts';
import { againKey, answerKey } from './questions.ts';

const proof = { facts: [{ statement: 'The kernel is 6.12', command: 'uname -r' }], interpretations: [], open: [] };
const part = (id: string) => ({ id, title: id });
const outline: Outline = [
  { id: 'node', title: 'Node', href: '/node/', sections: [part('contract'), part('gaps')], questions: ['q1'], predictions: [], steps: [], fields: [] },
  { id: 'node/evidence', title: 'Evidence', href: '/node/evidence/', sections: [], questions: [], predictions: ['p1'], steps: [part('kernel'), part('log')], fields: ['release'] },
];

/** One browser: its storage, its clock, and a Progress in it. `room` in characters. */
function browser(time = 1000) {
  const items = new Map<string, string>();
  const clock = { time, room: Number.POSITIVE_INFINITY };
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem(key: string, value: string) {
      if (value.length > clock.room) throw new DOMException('full', 'QuotaExceededError');
      items.set(key, value);
    },
  };
  return { items, clock, progress: new Progress({ storage, now: () => clock.time }) };
}

const worked = (): Progress => {
  const { progress } = browser();
  progress.pass('node/evidence', 'kernel', proof);
  progress.enter('node/evidence', 'release', '6.12');
  progress.enter('node/evidence', answerKey('p1'), '0');
  progress.enter('node', answerKey('q1'), '1');
  progress.enter('node', againKey('q1'), 'missed');
  progress.read('node', 'contract');
  return progress;
};

test('a file taken into a clean browser gives all of it, and the same once more', () => {
  const from = worked();
  const { progress, items } = browser(9_000_000);
  const file = progressFile(from.document.get());
  assert.deepEqual(progress.takeIn(file, outline), { kind: 'taken', leftOut: [] });
  assert.equal(JSON.stringify(progress.document.get().labs['node']), JSON.stringify(from.document.get().labs['node']));
  const stored = items.get(progressKey);
  progress.takeIn(file, outline);
  assert.equal(items.get(progressKey), stored);
});

test('nothing that is here is lost to a file', () => {
  const other = worked();
  other.forget('node/evidence');
  other.enter('node/evidence', 'release', '');
  const { progress } = browser();
  progress.pass('node/evidence', 'log', proof);
  progress.enter('node/evidence', 'release', '6.8');
  progress.read('node', 'gaps');
  assert.equal(progress.takeIn(progressFile(other.document.get()), outline).kind, 'taken');
  assert.deepEqual(Object.keys(progress.lab('node/evidence').passed), ['log']);
  assert.deepEqual(progress.entries('node/evidence'), { release: '6.8' });
  assert.deepEqual(Object.keys(progress.lab('node').read), ['contract', 'gaps']);
});

test('what was begun again here comes back from a file that still has it', () => {
  const file = progressFile(worked().document.get());
  const { progress } = browser(5000);
  progress.takeIn(file, outline);
  progress.forgetAll();
  progress.takeIn(file, outline);
  assert.deepEqual(Object.keys(progress.lab('node/evidence').passed), ['kernel']);
});

test('times from another clock\'s future hold nothing up', () => {
  const { progress } = browser(2000);
  const far = JSON.parse(progressFile(worked().document.get()));
  far.labs.node.entries[answerKey('q1')].at = Number.MAX_SAFE_INTEGER;
  progress.takeIn(JSON.stringify(far), outline);
  progress.enter('node', answerKey('q1'), '0');
  assert.equal(progress.entries('node')[answerKey('q1')], '0');
  assert.ok((progress.lab('node').entries[answerKey('q1')]?.at ?? 0) < 3000);
});

const sound = JSON.parse(progressFile(worked().document.get()));
for (const [name, text, why] of [
  ['empty', '', 'it is not JSON, or it was cut short'],
  ['cut', progressFile(worked().document.get()).slice(0, 200), 'it is not JSON, or it was cut short'],
  ['nested without end', '['.repeat(1_000_000), 'it is not JSON, or it was cut short'],
  ['null', 'null', 'it does not say that it is the progress of a reader of this course'],
  ['of another product', '{"product":"Other","version":2,"labs":{}}', 'it does not say that it is the progress of a reader of this course'],
  ['of a newer version', JSON.stringify({ ...sound, version: 3 }), 'it is of version 3 and this page knows versions up to 2'],
  ['of no version', JSON.stringify({ ...sound, version: '2' }), 'it carries no version'],
  ['with a list for the labs', JSON.stringify({ ...sound, labs: [] }), 'labs is no object'],
  ['with a number for an entry', JSON.stringify({ ...sound, labs: { node: { since: 0, entries: { 'question q1': { value: 1, at: 1 } }, passed: {}, read: {} } } }), 'labs.node.entries.question q1.value is no text'],
  ['with a time that is none', JSON.stringify({ ...sound, labs: { node: { since: -1, entries: {}, passed: {}, read: {} } } }), 'labs.node.since is no time'],
] as const) {
  test(`a file that is ${name} changes nothing and says why`, () => {
    const { progress, items } = browser();
    progress.read('node', 'gaps');
    const before = [items.get(progressKey), JSON.stringify(progress.document.get())];
    assert.deepEqual(progress.takeIn(text, outline), { kind: 'refused', why });
    assert.deepEqual([items.get(progressKey), JSON.stringify(progress.document.get())], before);
  });
}

test('names that JavaScript knows otherwise, and pages that are not there, are left out and named', () => {
  const { progress } = browser();
  const file = JSON.stringify(sound).replace('"labs":{', '"labs":{"__proto__":{"since":0,"entries":{},"passed":{},"read":{}},"constructor":{"since":0,"entries":{},"passed":{},"read":{}},')
    .replace('"passed":{"kernel"', '"passed":{"__proto__":{"at":1,"facts":[],"interpretations":[],"open":[]},"kernel"');
  const result = progress.takeIn(file, outline);
  assert.deepEqual(result, { kind: 'taken', leftOut: ['__proto__', 'constructor', 'node/evidence, __proto__'] });
  assert.deepEqual(Object.keys(progress.document.get().labs), ['node', 'node/evidence']);
  assert.equal(({} as Record<string, unknown>)['since'], undefined);
  assert.equal(Object.getPrototypeOf(progress.document.get().labs), Object.prototype);
});

test('a file for which there is no room changes nothing', () => {
  const { progress, items, clock } = browser();
  progress.read('node', 'gaps');
  const before = [items.get(progressKey), JSON.stringify(progress.document.get())];
  clock.room = 200;
  assert.deepEqual(progress.takeIn(JSON.stringify(sound), outline), { kind: 'refused', why: 'this browser has no room left to keep what is in it' });
  assert.deepEqual([items.get(progressKey), JSON.stringify(progress.document.get())], before);
});
