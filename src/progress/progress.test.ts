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
  assert.deepEqual(later.lab('other/lab'), { since: 0, entries: {}, passed: {}, read: {} });
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
  ['too new', '{"version":3,"labs":{}}', 'it is of version 3 and this page knows versions up to 2'],
  ['too old', '{"version":0,"labs":{}}', 'it is of version 0, which never was'],
  ['half', '{"version":2,"labs":{"a":{"since":0,"entries":{"x":{"value":1,"at":2}},"passed":{}}}}', 'labs.a.entries.x.value is no text'],
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
    assert.match(progress.notice.get() ?? '', /until you leave this page/);
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
  version: 2, labs: { [lab]: { since: 0, entries: { f: { value, at: time } }, passed: { s: { ...proof, at: time } }, read: { r: { at: time } } } },
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
  const reading = normalizeDocument('{"version":0,"old":"x"}', {
    0: (old) => ({ version: 1, older: old['old'] }),
    1: ({ older }) => ({ version: 2, labs: { [lab]: { since: 0, entries: { f: { value: older, at: 1 } }, passed: {}, read: {} } } }),
  });
  assert.equal(reading.kind === 'document' && reading.document.labs[lab]?.entries['f']?.value, 'x');
});

test('what version 1 stored is all there in version 2, and the next change stores it so', () => {
  const { tab, storage } = browser();
  const old = { version: 1, labs: { [lab]: { since: 7, entries: { f: { value: 'v', at: 8 } }, passed: { s: { at: 9, ...proof } } } } };
  storage.items.set(progressKey, JSON.stringify(old));
  const progress = tab();
  assert.deepEqual(progress.lab(lab), { ...old.labs[lab], read: {} });
  assert.equal(progress.notice.get(), undefined);
  progress.read('node', 'contract');
  const stored = JSON.parse(storage.items.get(progressKey) ?? '');
  assert.equal(stored.version, 2);
  assert.deepEqual(stored.labs[lab], { ...old.labs[lab], read: {} });
});

test('storage that is cleared in mid-course is said, and what the tab knew is stored again', () => {
  const { tab, storage } = browser();
  const [one, two] = [tab(), tab()];
  one.pass(lab, 'kernel', proof);
  storage.items.clear();
  one.refresh();
  assert.match(one.notice.get() ?? '', /removed what this course had stored/);
  assert.ok(tab().lab(lab).passed['kernel']);
  storage.items.clear();
  two.enter(lab, 'release', '6.12'); // knows nothing of the pass, and takes nothing from the other tab
  one.enter(lab, 'command', 'uname -r');
  assert.match(one.notice.get() ?? '', /removed/);
  const later = tab();
  assert.ok(later.lab(lab).passed['kernel']);
  assert.deepEqual(later.entries(lab), { release: '6.12', command: 'uname -r' });
  assert.equal(later.notice.get(), undefined);
});

test('what comes in from another tab is told with what was known before; what one does oneself is not', () => {
  const { tab } = browser();
  const [one, two] = [tab(), tab()];
  let told = 0;
  one.elsewhere.watch((before) => { told += 1; assert.equal(before?.labs['other/lab'], undefined); });
  one.enter(lab, 'release', 'a');
  one.refresh();
  assert.equal(told, 0);
  two.pass('other/lab', 'kernel', proof);
  one.refresh();
  one.refresh();
  assert.equal(told, 1);
});

test('the order of what was done is kept when the clock goes backwards', () => {
  const { tab, clock } = browser();
  const progress = tab();
  clock.time = 5_000_000;
  progress.pass(lab, 'kernel', proof);
  clock.time = 10;
  progress.read('node', 'contract');
  assert.equal(progress.lab('node').read['contract']?.at, 5_000_001);
  progress.forget(lab);
  progress.pass(lab, 'log', proof);
  assert.deepEqual(Object.keys(tab().lab(lab).passed), ['log']);
});

test('forgetting everything holds in every tab, and takes the place of what can not be read', () => {
  const { tab, storage } = browser();
  const [one, two] = [tab(), tab()];
  one.pass(lab, 'kernel', proof);
  two.refresh();
  one.read('node', 'contract');
  one.forgetAll();
  two.enter(lab, 'release', 'later');
  assert.deepEqual([tab().lab(lab).passed, tab().lab('node').read, tab().entries(lab)], [{}, {}, { release: 'later' }]);
  storage.items.set(progressKey, 'not JSON');
  const broken = tab();
  broken.forgetAll();
  assert.equal(broken.notice.get(), undefined);
  broken.enter(lab, 'release', 'new');
  assert.deepEqual(tab().entries(lab), { release: 'new' });
});
