import { test } from 'node:test';
import assert from 'node:assert/strict';
import { chunkPath, decodeDiskIndex, encodeDiskIndex } from './disk-index.ts';
import { MachineError } from './error.ts';

const chunks = [
  { hash: '00112233445566778899aabbccddeeff', blocks: 3 },
  { hash: '', blocks: 1000 },
  { hash: 'ffeeddccbbaa99887766554433221100', blocks: 1 },
];

test('an index is read back as it was written', () => {
  assert.deepEqual(decodeDiskIndex(encodeDiskIndex(chunks)), { bytes: 1004 * 4096, chunks });
});

test('a chunk lies in a folder of its first two digits', () => {
  assert.equal(chunkPath('00112233445566778899aabbccddeeff'), 'chunks/00/00112233445566778899aabbccddeeff.zst');
});

const good = encodeDiskIndex(chunks);
const changed = (at: number, value: number): Uint8Array => {
  const copy = good.slice();
  copy[at] = value;
  return copy;
};

for (const [name, file] of [
  ['nothing', new Uint8Array()],
  ['an HTML page', new TextEncoder().encode('<!doctype html><title>404</title>')],
  ['one cut short', good.slice(0, -1)],
  ['one cut to its head', good.slice(0, 24)],
  ['one with a byte too many', Uint8Array.of(...good, 0)],
  ['another version', changed(6, 0x32)],
  ['another block size', changed(9, 2)],
  ['a size that does not add up', changed(17, 0)],
  ['an empty chunk', changed(24, 0)],
] as const) {
  test(`refuses ${name}`, () => {
    assert.throws(() => decodeDiskIndex(file), (error) => error instanceof MachineError && error.kind === 'index-malformed');
  });
}
