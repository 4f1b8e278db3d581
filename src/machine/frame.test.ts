import { test } from 'node:test';
import assert from 'node:assert/strict';
import { concat } from '../base/bytes.ts';
import { encodeFrame, FrameReader } from './frame.ts';

const hello = encodeFrame('H', 0, Uint8Array.of(1, 2, 3));
const out = encodeFrame('o', 7, new Uint8Array(4096).fill(0xb0));

test('frames come back whole, however they are cut', () => {
  const stream = concat([hello, out, hello]);
  for (const size of [1, 5, 12, 1000, stream.length]) {
    const reader = new FrameReader();
    const frames = [];
    for (let at = 0; at < stream.length; at += size) frames.push(...reader.push(stream.subarray(at, at + size)));
    assert.deepEqual(frames.map((frame) => [frame.type, frame.id, frame.payload.length]), [['H', 0, 3], ['o', 7, 4096], ['H', 0, 3]]);
  }
});

test('garbage, half frames and damaged frames are skipped', () => {
  const damaged = out.slice();
  damaged[100] = 0;
  const stream = concat([Uint8Array.of(0xb0, 0x07, 1), hello.subarray(0, 9), damaged, Uint8Array.of(0xb0), hello]);
  assert.deepEqual(new FrameReader().push(stream).map((frame) => frame.type), ['H']);
});
