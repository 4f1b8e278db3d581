import type { ChunkCache } from './chunks.ts';

/** The cache of the browser in which chunks lie, and the key of one. */
export const CHUNKS = 'bootable-chunks-1';
export const chunkKey = (hash: string): string => `/bootable-chunk/${hash}`;

/** Chunks in the browser's Cache Storage, under their hash; where there is none, or it is full or forbidden, it keeps nothing. */
export function cacheStorage(): ChunkCache {
  const cache = typeof caches === 'undefined' ? undefined : caches.open(CHUNKS).catch(() => undefined);
  return {
    async get(hash) {
      const found = await (await cache)?.match(chunkKey(hash)).catch(() => undefined);
      return found && new Uint8Array(await found.arrayBuffer());
    },
    put(hash, bytes) {
      const store = async (): Promise<void> => { await (await cache)?.put(chunkKey(hash), new Response(bytes)); };
      store().catch(() => undefined); // quota: the chunk is fetched again next time
    },
  };
}
