import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ageWords, type Checkpoint } from './checkpoint.ts';
import { TabStore, type CheckpointStore } from './checkpoint-store.ts';
import { AUTOMATIC, Checkpoints } from './checkpoints.ts';
import { withControl } from './touch-keys.ts';

const head = (id: string, at = 0): Omit<Checkpoint, 'bytes'> => ({ id, name: `point ${id}`, at, key: 'k', lab: '' });
const state = new TextEncoder().encode('a machine '.repeat(1000));

function open(lasting: CheckpointStore = new TabStore()): { kept: Checkpoints; remembered: boolean[]; lasting: CheckpointStore } {
  const remembered: boolean[] = [];
  return { kept: new Checkpoints({ lasting, tab: new TabStore(), remember: (any) => remembered.push(any) }), remembered, lasting };
}

test('a kept machine comes back as it was, smaller in between', async () => {
  const { kept, remembered } = open();
  const { checkpoint, where } = await kept.keep(head('a'), state);
  assert.equal(where, 'browser');
  assert.ok(checkpoint.bytes < state.length);
  assert.deepEqual(await kept.read(checkpoint), state);
  await kept.delete('a');
  assert.deepEqual([await kept.list(), remembered], [[], [true, false]]);
  await assert.rejects(kept.read(checkpoint), { kind: 'gone' });
});

test('a full store loses nothing, and says what can be deleted', async () => {
  const store = new TabStore();
  const { kept } = open(store);
  await kept.keep(head('a'), state);
  store.add = async () => { throw new DOMException('full', 'QuotaExceededError'); };
  await assert.rejects(kept.keep(head('b'), state), (error: Error & { remedy?: string }) => /“point a” \(0\.0 MB\)/.test(error.remedy ?? ''));
  assert.deepEqual((await kept.list()).map(({ id }) => id), ['a']);
});

test('without storage a checkpoint is kept in the tab, and known to be', async () => {
  const store = new TabStore();
  store.list = store.add = async () => { throw new DOMException('denied', 'SecurityError'); };
  const { kept } = open(store);
  const { checkpoint, where } = await kept.keep(head('a'), state);
  assert.deepEqual([where, kept.inTab('a')], ['tab', true]);
  assert.deepEqual(await kept.read(checkpoint), state);
});

test('a damaged state is told as one', async () => {
  const { kept, lasting } = open();
  const { checkpoint } = await kept.keep(head('a'), state);
  const packed = await lasting.read('a');
  if (packed) packed[20] = (packed[20] ?? 0) ^ 0xff;
  await assert.rejects(kept.read(checkpoint), { kind: 'damaged' });
});

test('of the automatic ones the newest stay', async () => {
  const { kept } = open();
  for (let index = 0; index < AUTOMATIC + 2; index++) await kept.keepAutomatic(head(String(index), index), state);
  assert.deepEqual((await kept.list()).map(({ id }) => id), ['4', '3', '2']);
  assert.equal(kept.newest?.id, '4');
  await kept.delete('4');
  assert.equal(kept.newest?.id, '3');
  await kept.forgetAutomatic();
  assert.equal(kept.newest, undefined);
});

test('ages and control keys', () => {
  assert.deepEqual([-5, 61_000, 7_300_000, 3 * 86_400_000].map(ageWords), ['just now', '1 minute ago', '2 hours ago', '3 days ago']);
  assert.deepEqual(['x', 'C', '\x1b[A', '['].map(withControl), ['\x18', '\x03', '\x1b[A', '\x1b']);
});
