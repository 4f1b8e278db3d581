/**
 * Imported before v86 in our Worker: v86 decides when it is loaded how to wait between two slices, and without
 * `Worker` in sight it starts no nested worker (emulator.ts waits by itself), so a page needs no `blob:` in its CSP.
 */
Reflect.set(globalThis, 'Worker', undefined);
