import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { ManualTimers } from '../base/manual-timers.ts';
import { FakeSite } from './fake-site.ts';
import { fileAt } from './store.ts';

const CHUNK = (digit: string): string => `image/chunks/${digit.repeat(2)}/${digit.repeat(32)}.zst`;

function site(): FakeSite {
  const one = new FakeSite();
  for (const [path, text] of Object.entries({ '': 'front', 'kernel/': 'kernel', '404.html': 'none', '_astro/a.1.js': 'a1', 'snapshot/s1.zst': 'state one', [CHUNK('1')]: 'chunk 1', [CHUNK('2')]: 'chunk 2' }))
    one.files.set(path, text);
  return one;
}

const work = (signal = new AbortController().signal) => {
  const progress: [number, number][] = [];
  return { signal, progress, onProgress: (done: number, total: number) => void progress.push([done, total]) };
};
const text = async (answer: Promise<Response | undefined>): Promise<string | undefined> => (await answer)?.text();

test('a version is served when all of it is stored, chunks where the machine keeps them', async () => {
  const served = site();
  const { course, store, chunks } = served.course();
  const list = await course.offered(work().signal);
  const { progress, ...rest } = work();
  await course.take(list, true, rest);
  const standing = await course.standing();
  assert.deepEqual([standing?.served.id, standing?.whole, standing?.older], [list.id, true, []]);
  assert.deepEqual([...chunks.files.keys()].sort(), [`/chunk/${'1'.repeat(32)}`, `/chunk/${'2'.repeat(32)}`]);
  assert.equal(await text(store.read(fileAt(standing!, 'kernel/')!)), 'kernel');
  assert.equal((await store.read(fileAt(standing!, '_astro/a.1.js')!))?.headers.get('content-type'), 'text/javascript');
  assert.deepEqual(progress[0], [0, 40]);
  assert.deepEqual(progress.at(-1), [40, 40]);
  assert.deepEqual(await course.stored(list), { pages: 17, machine: 9, disk: 14 });
  assert.deepEqual(await course.check(standing!, work()), []);
});

test('chunks that a machine has kept are counted before anything is taken, and not fetched again', async () => {
  const served = site();
  const { course, chunks } = served.course();
  const list = await course.offered(work().signal);
  await chunks.put(`/chunk/${'1'.repeat(32)}`, new Response('chunk 1'));
  assert.deepEqual(await course.stored(list), { pages: 0, machine: 0, disk: 7 });
  await course.take(list, true, work());
  assert.ok(!served.asked.includes(CHUNK('1')));
});

test('a download that is broken off goes on where it was; text and machine are served once they are whole, the disk when that is', async () => {
  const served = site();
  const { course } = served.course();
  const list = await course.offered(work().signal);
  const brokenAt = async (where: string): Promise<void> => {
    const stop = new AbortController();
    served.before = async (path) => { if (path === where) stop.abort(new DOMException('off', 'AbortError')); return undefined; };
    await assert.rejects(course.take(list, true, work(stop.signal)), { name: 'AbortError' });
  };
  await brokenAt('snapshot/s1.zst');
  assert.equal(await course.standing(), undefined);
  await brokenAt(CHUNK('2'));
  assert.equal((await course.standing())?.whole, false);
  const before = served.asked.length;
  served.before = async () => undefined;
  await course.take(list, true, work());
  assert.deepEqual(served.asked.slice(before).filter((path) => path !== CHUNK('1')), [CHUNK('2')]);
  assert.equal((await course.standing())?.whole, true);
});

test('a server that is gone, or stalls, is told, and what came stays', async () => {
  for (const how of ['gone', 'stalls'] as const) {
    const served = site();
    const timers = new ManualTimers();
    const { course, shelf } = served.course(timers);
    const list = await course.offered(work().signal);
    served.before = async (path) => {
      if (path !== 'snapshot/s1.zst') return undefined;
      while (shelf.files.size < list.pages.length) await setImmediate();
      if (how === 'gone') throw new TypeError('Failed to fetch');
      return new Response(new ReadableStream({ pull: () => { queueMicrotask(() => timers.next()); return new Promise(() => undefined); } }));
    };
    await assert.rejects(course.take(list, false, work()), { kind: 'network', message: /can not be reached/, remedy: /nothing is fetched twice/ });
    assert.equal(shelf.files.size, list.pages.length, how);
  }
});

test('what the server sends is compared with its list: once more past the caches, then refused', async () => {
  const served = site();
  const { course } = served.course();
  const list = await course.offered(work().signal);
  const modes: unknown[] = [];
  served.before = async (path, init) => {
    if (path !== 'kernel/') return undefined;
    modes.push(init?.cache);
    return new Response(modes.length < 3 ? 'another' : 'kernel');
  };
  const { progress, ...rest } = work();
  await assert.rejects(course.take(list, false, rest), { kind: 'changed', message: /something else for kernel\// });
  assert.deepEqual(modes, ['no-cache', 'reload']);
  await course.take(list, false, work());
  assert.equal((await course.standing())?.served.id, list.id);
  assert.ok(progress.every(([done, total]) => done <= total + 7));
});

test('a file that the server no longer has means that the course was published anew', async () => {
  const served = site();
  const { course } = served.course();
  const list = await course.offered(work().signal);
  served.files.delete('snapshot/s1.zst');
  await assert.rejects(course.take(list, false, work()), { kind: 'changed', message: /published anew/ });
});

test('storage that is full costs the reader nothing that was stored', async () => {
  const served = site();
  const { course, shelf, chunks } = served.course();
  const list = await course.offered(work().signal);
  chunks.room = 10;
  await assert.rejects(course.take(list, true, work()), { kind: 'full', remedy: /text and machine only/ });
  assert.deepEqual([(await course.standing())?.whole, chunks.files.size, shelf.files.size > 0], [false, 1, true]);
});

test('an update fetches what differs, and a tab of the version before still finds its files until nobody can need them', async () => {
  const served = site();
  const { course, store } = served.course();
  const first = await course.offered(work().signal);
  await course.take(first, true, work());
  assert.equal(await course.update(work().signal), false);
  for (const path of ['_astro/a.1.js', 'snapshot/s1.zst', CHUNK('2')]) served.files.delete(path);
  for (const [path, content] of Object.entries({ '': 'front, anew', '_astro/a.2.js': 'a2', 'snapshot/s2.zst': 'state two', [CHUNK('3')]: 'chunk 3' })) served.files.set(path, content);
  const before = served.asked.length;
  assert.equal(await course.update(work().signal), true);
  assert.deepEqual(served.asked.slice(before).sort(), ['', '_astro/a.2.js', CHUNK('3'), 'offline-disk.json', 'offline.json', 'snapshot/s2.zst']);
  const both = (await course.standing())!;
  assert.equal(both.older[0]?.id, first.id);
  assert.equal(await text(store.read(fileAt(both, '')!)), 'front, anew');
  assert.equal(await text(store.read(fileAt(both, 'snapshot/s1.zst')!)), 'state one');
  await course.tidy();
  const one = (await course.standing())!;
  assert.deepEqual([one.older, fileAt(one, 'snapshot/s1.zst')], [[], undefined]);
  const held = await store.held();
  assert.deepEqual(first.machine.filter(held), []);
  assert.equal(await text(store.read(fileAt(one, 'kernel/')!)), 'kernel');
  assert.deepEqual(await course.check(one, work()), [], 'what is served is whole after the tidying');
});

test('an update that fails leaves the version before as it was', async () => {
  const served = site();
  const { course, store } = served.course();
  const first = await course.offered(work().signal);
  await course.take(first, false, work());
  served.files.set('', 'front, anew');
  served.files.set('kernel/', 'kernel, anew');
  served.before = async (path) => { if (path === 'kernel/') throw new TypeError('Failed to fetch'); return undefined; };
  await assert.rejects(course.update(work().signal), { kind: 'network' });
  const standing = (await course.standing())!;
  assert.equal(standing.served.id, first.id);
  assert.equal(await text(store.read(fileAt(standing, '')!)), 'front');
});

test('a check drops what is damaged, names what is gone, and the next fetch heals both', async () => {
  const served = site();
  const { course, shelf, chunks } = served.course();
  const list = await course.offered(work().signal);
  await course.take(list, true, work());
  const standing = (await course.standing())!;
  const [front] = list.pages;
  for (const [key, file] of shelf.files) if (key.includes(front!.hash)) file.bytes = new Uint8Array([1, 2, 3]);
  chunks.files.delete(`/chunk/${'1'.repeat(32)}`);
  assert.deepEqual((await course.check(standing, work())).map(({ path }) => path), ['', CHUNK('1')]);
  const before = served.asked.length;
  await course.take(list, true, work());
  assert.deepEqual(served.asked.slice(before).sort(), ['', CHUNK('1')]);
  assert.deepEqual(await course.check(standing, work()), []);
});

test('one at a time: a second download is told to wait', async () => {
  const served = site();
  const { course } = served.course();
  const list = await course.offered(work().signal);
  const first = course.take(list, false, work());
  await assert.rejects(course.take(list, false, work()), { kind: 'busy' });
  await first;
});

test('a host that answers with something else than the list is told so', async () => {
  const served = site();
  const { course } = served.course();
  served.before = async () => new Response('<!doctype html><title>Sign in to this network</title>');
  await assert.rejects(course.offered(work().signal), { kind: 'no-list', remedy: /signed in to the network/ });
  served.before = async () => { throw new TypeError('Failed to fetch'); };
  await assert.rejects(course.offered(work().signal), { kind: 'network' });
});
