import { realTimers } from '../base/timers.ts';
import { CHUNKS, chunkKey } from '../machine/cache-storage.ts';
import { OfflineCourse } from './course.ts';
import { cacheShelf } from './shelf.ts';
import { OfflineStore } from './store.ts';

/** The format of what is stored is part of the name, and so is the base path: two sites of one host do not share a record. */
export const shelfName = (base: string): string => `bootable-offline-1 ${new URL(base).pathname}`;

/** What a page tells a worker that waits, once a version for it is stored. */
export const TAKE_OVER = 'take over';

export const browserStore = (base: string): OfflineStore => new OfflineStore({ files: cacheShelf(shelfName(base)), chunks: cacheShelf(CHUNKS), chunkKey });

/** The offline course of this browser; `base` is the site's, absolute, with a slash at the end. */
export function browserCourse(base: string): OfflineCourse {
  return new OfflineCourse({
    base,
    store: browserStore(base),
    get: (...request) => fetch(...request),
    timers: realTimers,
    alone: (work) => navigator.locks.request(shelfName(base), { ifAvailable: true }, (lock) => (lock ? work() : undefined)),
  });
}

/** Removes all that taking the course offline has left here, the machine's chunks included. */
export async function removeOffline(base: string): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration(base);
  await registration?.unregister();
  for (const name of [shelfName(base), CHUNKS]) await caches.delete(name);
}
