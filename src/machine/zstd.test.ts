import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { zstdCompressSync } from 'node:zlib';
import { wasmPath } from './node.ts';
import { Zstd } from './zstd.ts';

const module = WebAssembly.compile(readFileSync(wasmPath()));
const zstd = new Zstd(() => module);
const content = Uint8Array.from({ length: 200_000 }, (_, n) => (n * n) % 241);
const frame = new Uint8Array(zstdCompressSync(content));

test('unpacks what zstd has packed, again and again without growing', async () => {
  for (let n = 0; n < 200; n++) assert.deepEqual(await zstd.decode(frame, content.length), content);
  assert.deepEqual(await zstd.decode(new Uint8Array(zstdCompressSync(Uint8Array.of(7))), 1), Uint8Array.of(7));
});

for (const [name, bad] of [
  ['nothing', new Uint8Array()],
  ['an HTML page', new TextEncoder().encode('<!doctype html>')],
  ['a frame cut short', frame.slice(0, -100)],
  ...Array.from({ length: 40 }, (_, n) => [`a frame with bit ${n} of byte ${n * 97} flipped`, frame.map((byte, at) => (at === (n * 97) % frame.length ? byte ^ (1 << n % 8) : byte))] as const),
] as const) {
  test(`after ${name} the next frame is unpacked well`, async () => {
    try {
      if (Buffer.compare(await zstd.decode(bad, content.length), content) !== 0) zstd.renew();
    } catch (error) {
      assert.ok(error instanceof Error);
    }
    assert.deepEqual(await zstd.decode(frame, content.length), content);
  });
}
