import { browserCourse, browserStore, shelfName, TAKE_OVER } from './browser.ts';
import { lost } from './lost.ts';
import { fileAt } from './store.ts';

/**
 * The service worker. It serves the version of the course that is stored whole, and leaves everything to the network when
 * there is none. The disk's chunks are no business of its: the machine keeps them.
 */
const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const base = worker.registration.scope;
const course = browserCourse(base);
const store = browserStore(base);

// A newer worker waits until no tab is left, or until a page has stored what it is to serve: the older one serves its version until then.
worker.addEventListener('message', ({ data }) => {
  if (data === TAKE_OVER) void worker.skipWaiting();
});
worker.addEventListener('activate', (event) => event.waitUntil(dropFormer().then(() => worker.clients.claim())));

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const page = request.mode === 'navigate';
  if (request.method !== 'GET' || !request.url.startsWith(base)) return;
  // Who asks past every cache wants the server: what is published now, or a file that came damaged.
  if (!page && request.cache === 'reload') return;
  const path = request.url.slice(base.length).replace(/[?#].*$/, '').replace(/(^|\/)index\.html$/, '$1');
  if (path.startsWith('image/chunks/')) return;
  event.respondWith(answer(request, path));
  if (page) event.waitUntil(keepUp());
});

async function answer(request: Request, path: string): Promise<Response> {
  const standing = await store.standing().catch(() => undefined);
  const file = standing && fileAt(standing, path);
  const kept = file && await store.read(file).catch(() => undefined);
  if (kept) return kept;
  if (standing && fileAt(standing, `${path}/`)) return Response.redirect(new URL(`${path}/`, base));
  try {
    return await fetch(request);
  } catch (error) {
    if (request.mode !== 'navigate') throw error;
    const none = standing && !file ? fileAt(standing, '404.html') : undefined;
    const page = none && await store.read(none).catch(() => undefined);
    return page ? new Response(page.body, { status: 404, headers: page.headers }) : lost(standing !== undefined, base);
  }
}

/** At each page that is opened: takes what was published since. What fails now is tried again at the next page; until then the old version goes on. */
async function keepUp(): Promise<void> {
  const others = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  try {
    const updated = await course.update(new AbortController().signal);
    // The page that is being opened shows the version from before an update.
    if (!updated && others.length === 0) await course.tidy();
  } catch {
    return;
  }
}

/** What an older worker of this site kept in another format. */
async function dropFormer(): Promise<void> {
  const ours = shelfName(base);
  const former = (await caches.keys()).filter((name) => name !== ours && /^bootable-offline-\d+ /.test(name) && name.endsWith(ours.slice(ours.indexOf(' '))));
  await Promise.all(former.map((name) => caches.delete(name)));
}
