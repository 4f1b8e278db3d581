import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Disk } from './disk.ts';
import { BLOCK } from './disk-index.ts';

const chunk = (blocks: number, seed: number): Uint8Array => Uint8Array.from({ length: blocks * BLOCK }, (_, n) => (n * seed) % 253);
const first = chunk(3, 3);
const third = chunk(2, 7);
const index = { bytes: 9 * BLOCK, chunks: [{ hash: 'first', blocks: 3 }, { hash: '', blocks: 4 }, { hash: 'third', blocks: 2 }] };
const image = new Uint8Array(index.bytes);
image.set(first);
image.set(third, 7 * BLOCK);
const contents: Readonly<Record<string, Uint8Array>> = { first, third };
const chunks = { get: (hash: string): Uint8Array | Promise<Uint8Array> => hash === 'third' ? Promise.resolve(third) : contents[hash] ?? Promise.reject(new Error(hash)) };
const unwanted = (error: unknown): void => assert.fail(String(error));
const open = (): Disk => new Disk(index, chunks, unwanted);
const read = (disk: Disk, start: number, length: number): Promise<Uint8Array> => new Promise((resolve) => disk.get(start, length, resolve));

test('reads across chunks and holes', async () => {
  for (const [start, length] of [[0, 512], [BLOCK - 512, 1024], [2 * BLOCK, 6 * BLOCK], [0, index.bytes]] as const)
    assert.deepEqual(await read(open(), start, length), image.slice(start, start + length));
});

test('writes lie over the image, by sector, and are all that a state holds', async () => {
  const disk = open();
  const wanted = image.slice();
  for (const [start, length] of [[512, 512], [3 * BLOCK - 1024, 2048], [7 * BLOCK, BLOCK]] as const) {
    const data = new Uint8Array(length).fill(0xee);
    disk.set(start, data, () => undefined);
    data.fill(0); // the emulator may use its buffer again
    wanted.fill(0xee, start, start + length);
  }
  assert.deepEqual(await read(disk, 0, index.bytes), wanted);
  disk.set(BLOCK, new Uint8Array(BLOCK), () => undefined);
  wanted.fill(0, BLOCK, 2 * BLOCK);
  const state = disk.get_state();
  assert.deepEqual([...state[0]], [0, 1, 2, 3, 7]);
  assert.equal(state[2].length, 4 * BLOCK);
  const other = open();
  other.set(4 * BLOCK, new Uint8Array(512).fill(1), () => undefined);
  other.set_state(state);
  assert.deepEqual(await read(other, 0, index.bytes), wanted);
  disk.clear();
  assert.deepEqual(await read(disk, 0, index.bytes), image);
});

test('a block that is wholly written needs no chunk', async () => {
  const disk = new Disk(index, { get: () => Promise.reject(new Error('fetched')) }, unwanted);
  disk.set(BLOCK, new Uint8Array(BLOCK).fill(9), () => undefined);
  assert.deepEqual(await read(disk, BLOCK, BLOCK), new Uint8Array(BLOCK).fill(9));
});

test('read in order, the next chunks are asked for before they are wanted; those that fail wait until they are', async () => {
  const asked: string[] = [];
  const disk = new Disk(index, { get: (hash) => { asked.push(hash); return hash === 'third' ? Promise.reject(new Error('lost')) : first; } }, unwanted);
  await read(disk, 0, 512);
  assert.deepEqual(asked, ['first']);
  disk.inOrder = () => true;
  await read(disk, 0, 512);
  assert.deepEqual(asked, ['first', 'first', 'third']);
});

test('a failed read tells, and answers when it is retried; one that was dropped does neither', async () => {
  const { promise: told, resolve } = Promise.withResolvers<unknown>();
  let lost = true;
  const failing = new Disk(index, { get: () => lost ? Promise.reject(new Error('lost')) : first }, resolve);
  const answer = read(failing, 0, 512);
  assert.equal(String(await told), 'Error: lost');
  lost = false;
  failing.retry();
  assert.deepEqual(await answer, first.slice(0, 512));
  const dropped = open();
  dropped.get(7 * BLOCK, 512, () => assert.fail('answered'));
  dropped.clear();
  await dropped.settled();
});
