/** A place for files by key (a path), as the browser's Cache Storage is one. Each method may reject. */
export interface Shelf {
  get(key: string): Promise<Response | undefined>;
  put(key: string, file: Response): Promise<void>;
  keys(): Promise<readonly string[]>;
  delete(key: string): Promise<void>;
}

/** A cache of the browser, opened anew for each use: another tab, or the browser, may have removed it. It is made when something is put. */
export function cacheShelf(name: string): Shelf {
  return {
    get: (key) => caches.match(key, { cacheName: name }),
    put: async (key, file) => (await caches.open(name)).put(key, file),
    keys: async () => (await caches.has(name) ? (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname) : []),
    delete: async (key) => void (await caches.has(name) && (await caches.open(name)).delete(key)),
  };
}
