import type { ChunkCache } from './chunks.ts';

const NAME = 'bootable-chunks-1';

/** Chunks in the browser's Cache Storage, under their hash; where there is none, or it is full or forbidden, it keeps nothing. */
export function cacheStorage(): ChunkCache {
  const cache = typeof caches === 'undefined' ? undefined : caches.open(NAME).catch(() => undefined);
  const key = (hash: string): string => `/bootable-chunk/${hash}`;
  return {
    async get(hash) {
      const found = await (await cache)?.match(key(hash)).catch(() => undefined);
      return found && new Uint8Array(await found.arrayBuffer());
    },
    put(hash, bytes) {
      const store = async (): Promise<void> => { await (await cache)?.put(key(hash), new Response(bytes)); };
      store().catch(() => undefined); // quota: the chunk is fetched again next time
    },
  };
}
