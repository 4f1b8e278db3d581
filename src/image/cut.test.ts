import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { BLOCK } from '../machine/disk-index.ts';
import { cut } from './cut.ts';

/** `blocks` blocks that look random and are always the same. */
function noise(blocks: number, seed: string): Uint8Array {
  const disk = new Uint8Array(blocks * BLOCK);
  for (let at = 0, n = 0; at < disk.length; at += 32, n++) disk.set(createHash('sha256').update(`${seed}${n}`).digest(), at);
  return disk;
}

test('pieces cover the disk without gap or overlap and keep to their sizes', () => {
  const pieces = cut(noise(1000, 'a'));
  let at = 0;
  for (const piece of pieces) {
    assert.equal(piece.start, at);
    at += piece.blocks;
    assert.ok(piece.blocks <= 64);
  }
  assert.equal(at, 1000);
  assert.ok(pieces.slice(0, -1).every((piece) => piece.blocks >= 8));
});

test('a run of zeros is a hole, a short one is not', () => {
  const disk = noise(300, 'b');
  disk.fill(0, 100 * BLOCK, 140 * BLOCK);
  disk.fill(0, 200 * BLOCK, 204 * BLOCK);
  assert.deepEqual(cut(disk).filter((piece) => piece.hole), [{ start: 100, blocks: 40, hole: true }]);
});

test('an insertion leaves most pieces as they were', () => {
  const before = noise(2000, 'c');
  const after = new Uint8Array(before.length + 3 * BLOCK);
  after.set(before.subarray(0, 500 * BLOCK));
  after.set(noise(3, 'd'), 500 * BLOCK);
  after.set(before.subarray(500 * BLOCK), 503 * BLOCK);
  const hashes = (disk: Uint8Array) => new Set(cut(disk).map(({ start, blocks }) =>
    createHash('sha256').update(disk.subarray(start * BLOCK, (start + blocks) * BLOCK)).digest('hex')));
  const old = hashes(before);
  const kept = [...hashes(after)].filter((hash) => old.has(hash)).length;
  assert.ok(kept >= old.size - 4, `${kept} of ${old.size} pieces kept`);
});
