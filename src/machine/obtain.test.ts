import { test } from 'node:test';
import assert from 'node:assert/strict';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { ManualTimers } from '../base/manual-timers.ts';
import { sha256, toHex } from '../base/bytes.ts';
import { ChunkStore, type ChunkCache, type Unpacker } from './chunks.ts';
import { MachineError } from './error.ts';
import type { Source } from './source.ts';

const content = Uint8Array.from({ length: 8192 }, (_, n) => n % 251);
const hash = toHex((await sha256(content)).subarray(0, 16));
const packed = new Uint8Array(zstdCompressSync(content));
const unpacker: Unpacker = { decode: async (bytes) => new Uint8Array(zstdDecompressSync(bytes)), renew: () => undefined };
const html = new TextEncoder().encode('<!doctype html><title>Not found</title>');
const oneBitWrong = packed.slice();
oneBitWrong[packed.length >> 1] = (oneBitWrong[packed.length >> 1] ?? 0) ^ 1;

type Answer = Uint8Array<ArrayBuffer> | undefined | 'gone' | 'stalls';

/** A server that gives its answers in order, the last one for ever. */
function server(...answers: Answer[]): Source & { asked: { path: string; fresh: boolean }[] } {
  const asked: { path: string; fresh: boolean }[] = [];
  return {
    asked,
    async read(path, { fresh }) {
      const answer = answers[Math.min(asked.length, answers.length - 1)];
      asked.push({ path, fresh });
      if (answer === 'gone') throw new TypeError('fetch failed');
      if (answer === 'stalls') return new Promise(() => undefined);
      return answer;
    },
  };
}

/** Lets time pass, whenever nothing else happens, until `work` is settled. */
async function settled<T>(work: Promise<T>, timers: ManualTimers): Promise<T> {
  let done = false;
  const end = work.then(() => { done = true; }, () => { done = true; });
  while (!done) {
    for (let turn = 0; turn < 20 && !done; turn++) await new Promise((resolve) => setImmediate(resolve));
    timers.next();
  }
  await end;
  return work;
}

const fetched = (source: Source, cache?: ChunkCache): Promise<Uint8Array> => {
  const timers = new ManualTimers();
  return settled(Promise.resolve(new ChunkStore(source, timers, unpacker, cache).get(hash, content.length)), timers);
};

for (const [name, answer, kind] of [
  ['is missing', undefined, 'chunk-missing'],
  ['stalls', 'stalls', 'network'],
  ['is cut short', packed.slice(0, -20), 'chunk-damaged'],
  ['is empty', new Uint8Array(), 'chunk-damaged'],
  ['is wrong by one bit', oneBitWrong, 'chunk-damaged'],
  ['is an HTML page', html, 'chunk-damaged'],
  ['comes from a server that is gone', 'gone', 'network'],
] as const) {
  test(`a chunk that ${name} is an error of kind ${kind}, in sentences, after four attempts`, async () => {
    const source = server(answer);
    await assert.rejects(fetched(source), (error) => error instanceof MachineError && error.kind === kind && /\.$/.test(error.message) && /\.$/.test(error.remedy));
    assert.deepEqual(source.asked.map(({ fresh }) => fresh), [false, true, true, true]);
  });

  test(`a chunk that ${name} once is fetched again`, async () => {
    assert.deepEqual(await fetched(server(answer, packed)), content);
  });
}

test('reads of one chunk share one fetch, and it is then at hand', async () => {
  const source = server(packed);
  const store = new ChunkStore(source, new ManualTimers(), unpacker);
  const [one, two] = await Promise.all([store.get(hash, content.length), store.get(hash, content.length)]);
  assert.equal(one, two);
  assert.equal(store.get(hash, content.length), one);
  assert.equal(source.asked.length, 1);
});

test('a cache saves the fetch; what it holds is checked; its failure is no failure', async () => {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  const cache: ChunkCache = { get: async (key) => kept.get(key), put: (key, bytes) => { kept.set(key, bytes); } };
  const first = server(packed);
  await fetched(first, cache);
  const second = server('gone');
  assert.deepEqual(await fetched(second, cache), content);
  assert.equal(second.asked.length, 0);
  kept.set(hash, oneBitWrong);
  assert.deepEqual(await fetched(server(packed), cache), content);
  assert.deepEqual(kept.get(hash), packed);
});
