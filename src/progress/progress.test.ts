import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyDocument, merge, type Document } from './document.ts';
import { normalizeDocument } from './normalize.ts';
import { Progress, progressKey, type ProgressStorage } from './progress.ts';

const proof = { facts: [{ statement: 'The kernel is 6.12', command: 'uname -r' }], interpretations: ['new'], open: ['why'] };
const lab = 'node/evidence';

/** One browser's storage; `quota` in characters. */
class FakeStorage implements ProgressStorage {
  readonly items = new Map<string, string>();
  quota = Number.POSITIVE_INFINITY;
  writes = 0;

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (value.length > this.quota) throw new DOMException('full', 'QuotaExceededError');
    this.writes += 1;
    this.items.set(key, value);
  }
}

/** Tabs of one browser under one clock, which moves only by hand. */
function browser() {
  const clock = { time: 1000 };
  const storage = new FakeStorage();
  return { clock, storage, tab: () => new Progress({ storage, now: () => clock.time }) };
}

test('what is entered and passed is there after a reload', () => {
  const { tab, clock } = browser();
  const first = tab();
  first.enter(lab, 'release', '6.12');
  clock.time = 2000;
  first.pass(lab, 'kernel', proof);
  const later = tab();
  assert.deepEqual(later.entries(lab), { release: '6.12' });
  assert.deepEqual(later.lab(lab).passed['kernel'], { ...proof, at: 2000 });
  assert.equal(later.notice.get(), undefined);
  assert.deepEqual(later.lab('other/lab'), { since: 0, entries: {}, passed: {} });
});

test('the last entry counts, within one millisecond and when the clock goes backwards', () => {
  const { tab, clock } = browser();
  const progress = tab();
  progress.enter(lab, 'release', 'zz');
  progress.enter(lab, 'release', 'a');
  assert.deepEqual(tab().entries(lab), { release: 'a' });
  clock.time = 5;
  progress.enter(lab, 'release', 'b');
  assert.deepEqual(tab().entries(lab), { release: 'b' });
});

test('two tabs lose nothing of each other', () => {
  const { tab, clock } = browser();
  const [one, two] = [tab(), tab()];
  one.pass(lab, 'kernel', proof);
  one.enter(lab, 'release', 'old');
  clock.time += 1000;
  two.enter(lab, 'release', 'new');
  two.pass(lab, 'log', proof);
  one.refresh();
  for (const progress of [one, two, tab()]) {
    assert.deepEqual(Object.keys(progress.lab(lab).passed).sort(), ['kernel', 'log']);
    assert.deepEqual(progress.entries(lab), { release: 'new' });
  }
});

test('watchers hear of changes, their own and another tab\'s', () => {
  const { tab } = browser();
  const [one, two] = [tab(), tab()];
  const heard: string[] = [];
  one.document.watch(() => heard.push(one.entries(lab)['release'] ?? ''));
  one.enter(lab, 'release', 'a');
  two.enter(lab, 'release', 'b');
  one.refresh();
  assert.deepEqual(heard, ['a', 'b']);
});

test('beginning again holds in the other tab, and later work counts', () => {
  const { tab } = browser();
  const [one, two] = [tab(), tab()];
  one.pass(lab, 'kernel', proof);
  one.enter('other/lab', 'x', 'kept');
  two.forget(lab);
  one.enter(lab, 'release', 'again');
  assert.deepEqual(tab().lab(lab).passed, {});
  assert.deepEqual(tab().entries(lab), { release: 'again' });
  assert.deepEqual(tab().entries('other/lab'), { x: 'kept' });
});

for (const [name, stored, why] of [
  ['corrupt', '{"version":1,"la', 'it is not JSON'],
  ['foreign', '{"theme":"dark"}', 'it carries no version'],
  ['a list', '[]', 'it is no object'],
  ['null', 'null', 'it is no object'],
  ['too new', '{"version":2,"labs":{}}', 'it is of version 2 and this page knows versions up to 1'],
  ['too old', '{"version":0,"labs":{}}', 'it is of version 0, which never was'],
  ['half', '{"version":1,"labs":{"a":{"since":0,"entries":{"x":{"value":1,"at":2}},"passed":{}}}}', 'labs.a.entries.x.value is no text'],
  ['timeless', '{"version":1,"labs":{"a":{"since":null,"entries":{},"passed":{}}}}', 'labs.a.since is no time'],
] as const) {
  test(`stored text that is ${name} is left as it is, and said so`, () => {
    const { tab, storage } = browser();
    storage.items.set(progressKey, stored);
    const progress = tab();
    progress.enter(lab, 'release', '6.12');
    progress.pass(lab, 'kernel', proof);
    assert.equal(storage.items.get(progressKey), stored);
    assert.equal(storage.writes, 0);
    assert.deepEqual(progress.entries(lab), { release: '6.12' });
    assert.ok(progress.lab(lab).passed['kernel']);
    assert.ok(progress.notice.get()?.includes(`(${why})`), progress.notice.get());
    assert.match(progress.notice.get() ?? '', /until you close this tab/);
  });
}

test('full storage is said, work goes on in memory, and is stored when there is room again', () => {
  const { tab, storage } = browser();
  const progress = tab();
  storage.quota = 0;
  progress.enter(lab, 'release', '6.12');
  assert.match(progress.notice.get() ?? '', /no room/);
  progress.pass(lab, 'kernel', proof);
  assert.deepEqual([progress.entries(lab), storage.items.size], [{ release: '6.12' }, 0]);
  storage.quota = 10_000;
  progress.enter(lab, 'command', 'uname -r');
  assert.equal(progress.notice.get(), undefined);
  assert.deepEqual(tab().entries(lab), { release: '6.12', command: 'uname -r' });
});

test('forbidden or missing storage is said, and work goes on in memory', () => {
  const denied = (): never => { throw new DOMException('denied', 'SecurityError'); };
  for (const storage of [{ getItem: denied, setItem: denied }, undefined]) {
    const progress = new Progress({ storage, now: () => 1 });
    assert.match(progress.notice.get() ?? '', /This browser (forbids|gives)/);
    progress.enter(lab, 'release', '6.12');
    assert.deepEqual(progress.entries(lab), { release: '6.12' });
  }
});

test('ids that JavaScript knows otherwise are ids', () => {
  const { tab } = browser();
  tab().enter('__proto__', 'constructor', 'x');
  assert.deepEqual(tab().entries('__proto__'), { constructor: 'x' });
  assert.deepEqual(tab().entries('toString'), {});
});

const at = (time: number, value = 'v'): Document => ({
  version: 1, labs: { [lab]: { since: 0, entries: { f: { value, at: time } }, passed: { s: { ...proof, at: time } } } },
});

test('merging gives the same in any order and any number of times', () => {
  const [a, b, c] = [at(1, 'a'), at(2, 'b'), at(2, 'c')];
  const all = merge(merge(a, b), c);
  assert.deepEqual(merge(c, merge(b, a)), all);
  assert.equal(JSON.stringify(merge(all, merge(b, c))), JSON.stringify(all));
  assert.deepEqual(merge(a, emptyDocument), a);
  assert.equal(all.labs[lab]?.entries['f']?.value, 'c');
});

test('an older version is carried over step by step', () => {
  const reading = normalizeDocument('{"version":-1,"old":"x"}', {
    [-1]: (old) => ({ version: 0, older: old['old'] }),
    0: ({ older }) => ({ version: 1, labs: { [lab]: { since: 0, entries: { f: { value: older, at: 1 } }, passed: {} } } }),
  });
  assert.equal(reading.kind === 'document' && reading.document.labs[lab]?.entries['f']?.value, 'x');
});
