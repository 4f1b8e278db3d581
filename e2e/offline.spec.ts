import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readFiles } from '../src/offline/site-list.ts';
import { anotherVersion } from './another-version.ts';
import { boot, DIST, expect, LAB, ready, run, test } from './fixtures.ts';
import { choose, openPanel, panel, said, standing, take } from './offline-tools.ts';
import { serveStatic } from './server.ts';

const SHORT_LAB = 'orientation/know-your-machine/';

test('with the server stopped the course opens, boots, and proves a lab', { tag: '@firefox' }, async ({ page, origins }) => {
  test.setTimeout(600_000);
  const site = await serveStatic(DIST);
  origins.add(new URL(site.url).origin);
  await test.step('the sizes stand there before anything is fetched', async () => {
    await openPanel(page, site.url);
    await expect(panel(page)).toHaveAttribute('data-state', 'none');
    await expect(panel(page).locator('td')).toHaveText([/^\d+\.\d MB$/, '0.0 MB', /^\d+\.\d MB$/, '0.0 MB', /^\d+\.\d MB$/, '0.0 MB']);
    await expect(panel(page).locator('[data-take]')).toHaveText(/^Take this course offline \(1\d\d\.\d MB\)$/);
  });
  await test.step('all of it is fetched, and read back', async () => {
    await take(page, 'whole');
    await expect(said(page)).toContainText('every lab works');
    await panel(page).getByRole('button', { name: 'Check what is stored' }).click();
    await expect(said(page)).toContainText(/All 1\d\d\.\d MB were read back and are as published\./, { timeout: 120_000 });
  });
  await site.close();
  await test.step('reload: the page, its figures, another page, and one that is none', async () => {
    await page.reload();
    await expect(said(page)).toContainText('every lab works');
    expect((await page.goto(`${site.url}nowhere/`))?.status()).toBe(404);
    await expect(page.getByRole('heading', { name: 'No such page' })).toBeVisible();
    await page.goto(`${site.url}kernel`);
    await expect(page).toHaveURL(`${site.url}kernel/`);
  });
  await test.step('boot, and prove a lab', async () => {
    await page.goto(site.url + SHORT_LAB);
    await boot(page);
    await expect(page.locator('lab-work')).toHaveAttribute('data-state', 'ready', { timeout: 120_000 });
    for (const step of await page.locator('lab-step').all()) {
      await step.locator('.solution > summary').click();
      await step.locator('[data-type-in]').click();
      await expect(step).toHaveAttribute('data-state', 'passed', { timeout: 300_000 });
    }
    await expect(page.getByText('Every step is proven.')).toBeVisible();
  });
  await test.step('what was removed is gone, and the address says so', async () => {
    await page.goto(`${site.url}offline/`);
    await panel(page).getByRole('button', { name: 'Remove it' }).click();
    await expect(said(page)).toContainText('It is removed');
    expect(await page.evaluate(async () => [await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length])).toEqual([[], 0]);
  });
});

test('with text and machine alone, in a browser that never ran it, the machine starts without the server', async ({ page, origins }) => {
  const site = await serveStatic(DIST);
  origins.add(new URL(site.url).origin);
  await openPanel(page, site.url);
  await take(page, 'part');
  await expect(said(page)).toContainText('Text and machine are stored.');
  await site.close();
  await page.goto(site.url);
  await boot(page);
  expect(await run(page, 'uname -r')).toEqual([expect.stringMatching(/-bootable$/)]);
});

test('a download that is broken off, by the network or the reader, goes on where it was', async ({ page, origins }) => {
  const site = await serveStatic(DIST);
  origins.add(new URL(site.url).origin);
  await openPanel(page, site.url);
  const later = readFiles(await readFile(join(DIST, 'offline-disk.json'), 'utf8')).find(({ path }) => path.includes('/chunks/9'))?.path ?? ''; // what a start reads comes with the machine
  let heal = site.misbehave(new RegExp(later), 'gone');
  await panel(page).locator('[data-take]').click();
  await expect(panel(page)).toHaveAttribute('data-error', 'network', { timeout: 60_000 });
  await expect(said(page)).toContainText('The server can not be reached: what was fetched so far is stored.');
  heal();
  heal = site.misbehave(/\/chunks\/f/, 'stall');
  const begun = site.asked.length;
  await page.reload();
  await expect(panel(page), 'a page that was at it opens its panel by itself').toHaveAttribute('data-state', 'stored');
  await expect(said(page)).toContainText('Text and machine are stored.');
  await choose(page, 'whole');
  await panel(page).locator('[data-take]').click();
  // Each of six at a time meets a piece that stops coming, sooner or later: then nothing moves any more.
  await expect.poll(() => new Set(site.asked.slice(begun).filter((path) => path.startsWith('/image/chunks/f'))).size, { timeout: 60_000 }).toBe(6);
  await page.getByRole('button', { name: 'Break off' }).click();
  await expect(said(page)).toContainText('Broken off. What came so far is stored.');
  heal();
  const before = site.asked.length;
  await take(page, 'whole');
  await expect(said(page)).toContainText('All of it is stored.');
  const twice = (paths: readonly string[]) => paths.filter((path, at) => path.startsWith('/image/chunks/') && paths.indexOf(path) !== at);
  expect(twice(site.asked.slice(before)), 'nothing is asked for twice').toEqual([]);
  const again = site.asked.slice(before).filter((path) => site.asked.slice(0, before).includes(path) && path.startsWith('/image/chunks/'));
  expect(again.length, 'but for what was on its way when it broke').toBeLessThanOrEqual(4 * 6);
  await site.close();
});

test('storage that is full is told, costs nothing that is there, and leaves room for less', async ({ page, site }) => {
  await openPanel(page, site.url);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(site.url).origin, quotaSize: 25e6 });
  await panel(page).locator('[data-take]').click();
  await expect(panel(page)).toHaveAttribute('data-error', 'full', { timeout: 60_000 });
  await expect(said(page)).toContainText('no room left for the course: what was fetched so far is stored');
  await expect(said(page)).toContainText('Free some disk, or take text and machine only');
  await expect(panel(page)).toHaveAttribute('data-state', 'stored');
  expect(await standing(page)).toMatchObject({ whole: false });
  await choose(page, 'part');
  await expect(panel(page).locator('[data-take]')).toHaveText('Stored');
});

test('an update: the whole old version until the new one is whole, and never a page of one with the machine of the other', async ({ page, context, origins }) => {
  test.setTimeout(400_000);
  const folder = test.info().outputPath('anew');
  const { gone } = anotherVersion(DIST, folder);
  const first = await serveStatic(DIST);
  origins.add(new URL(first.url).origin);
  await openPanel(page, first.url);
  await take(page, 'part');
  const old = await standing(page);
  const tab = await context.newPage();
  await tab.goto(first.url + LAB);
  await first.close();

  const second = await serveStatic(folder, '/', { port: Number(new URL(first.url).port) });
  const heal = second.misbehave(/^\/snapshot\//, 'gone');
  await test.step('while a part of the new one is missing, the old one is served', async () => {
    for (const path of ['', LAB, '']) {
      const asked = second.asked.length;
      await page.goto(first.url + path);
      await expect(page).not.toHaveTitle(/Anew/);
      await expect.poll(() => second.asked.slice(asked).some((name) => name.startsWith('/snapshot/')), { message: 'the worker tries to fetch the new one' }).toBe(true);
    }
    expect(await standing(page)).toEqual(old);
  });
  heal();
  await test.step('once it is whole, the next page is of it', async () => {
    await page.goto(first.url);
    await expect(page).not.toHaveTitle(/Anew/);
    await expect.poll(async () => (await standing(page))?.served, { timeout: 60_000 }).not.toBe(old?.served);
    await page.goto(first.url);
    await expect(page).toHaveTitle(/Anew/);
  });
  await test.step('a tab of the old version boots the old machine, which the server no longer has', async () => {
    await boot(tab);
    expect((await run(tab, 'uname -r')).join()).toMatch(/bootable$/);
    await expect(tab).not.toHaveTitle(/Anew/);
  });
  await test.step('a tab of the new version boots the new one', async () => {
    await boot(page);
    expect((await run(page, 'uname -r')).join()).toMatch(/bootable$/);
  });
  expect(second.asked.filter((path) => gone.includes(path)), 'nobody asked the new site for a file of the old one').toEqual([]);
  await test.step('when no tab shows the old version any more, it is dropped', async () => {
    await tab.close();
    await page.goto('about:blank');
    // For the worker a tab that was closed is there for a moment longer; then it is the next page that drops it.
    await expect.poll(async () => {
      const next = await context.newPage();
      await next.goto(first.url);
      const now = await standing(next);
      await next.close();
      return now;
    }).toMatchObject({ older: 0 });
    const fresh = await context.newPage();
    await fresh.goto(first.url);
    await expect.poll(() => fresh.evaluate(async (digits) => (await (await caches.open('bootable-offline-1 /')).keys()).filter(({ url }) => url.includes(digits)).length,
      /(\w{32})\.zst/.exec(gone[0] ?? '')?.[1] ?? '')).toBe(0);
  });
  await second.close();
  rmSync(folder, { recursive: true });
});

// Of whatever make, a worker of this site lets through who asks past every cache.
const OLDER_WORKER = `
  self.addEventListener('install', (event) => event.waitUntil(caches.open('bootable-offline-0 /').then((cache) => cache.put('/',
    new Response('<!doctype html><title>Former</title>', { headers: { 'content-type': 'text/html' } })))));
  self.addEventListener('fetch', (event) => event.request.cache !== 'reload' && event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request))));`;

test('a service worker of an older make gives way, with what it kept', async ({ page, origins }) => {
  const instead = new Map([['/sw.js', OLDER_WORKER]]);
  const site = await serveStatic(DIST, '/', { instead });
  origins.add(new URL(site.url).origin);
  await openPanel(page, site.url);
  await page.evaluate(async () => { await navigator.serviceWorker.register('/sw.js'); await navigator.serviceWorker.ready; });
  await page.goto(site.url);
  await expect(page, 'it serves its version').toHaveTitle('Former');
  instead.clear();
  await page.evaluate(async () => { await (await navigator.serviceWorker.getRegistration())?.update(); });
  await page.goto(site.url);
  await expect(page, 'and goes on to, while the newer one waits').toHaveTitle('Former');
  await openPanel(page, site.url);
  await take(page, 'part');
  // A browser stops a worker that has nothing to do, and lets the next one in; of an inspected one it only believes that it has stopped it.
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('ServiceWorker.enable');
  await devtools.send('ServiceWorker.stopAllWorkers');
  await expect.poll(() => page.evaluate(async () => (await caches.keys()).sort())).toEqual(['bootable-chunks-1', 'bootable-offline-1 /']);
  await site.close();
  await page.goto(site.url);
  await expect(page, 'the newer one serves').toHaveTitle(/^Bootable/);
});

test('storage that is cleared in mid-course costs no work, and what is missing is told and comes back', async ({ page, origins }) => {
  const site = await serveStatic(DIST);
  origins.add(new URL(site.url).origin);
  await openPanel(page, site.url);
  await take(page, 'part');
  await test.step('all of it, while a lab is at work', async () => {
    await page.goto(site.url + LAB);
    await boot(page);
    await expect(page.locator('lab-work')).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
    await page.locator('[data-field="release"]').fill('6.12');
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Storage.clearDataForOrigin', { origin: new URL(site.url).origin, storageTypes: 'all' });
    await page.locator('[data-field="release-command"]').fill('uname -r');
    await page.locator('.xterm-helper-textarea').focus();
    expect((await run(page, 'md5sum /usr/bin/find')).join()).toMatch(/^[0-9a-f]{32}/);
    await page.reload();
    await expect(page.locator('[data-field="release"]')).toHaveValue('6.12');
    await expect(page.locator('[data-field="release-command"]')).toHaveValue('uname -r');
  });
  await test.step('a part of it, found while there is no server', async () => {
    await openPanel(page, site.url);
    await expect(panel(page)).toHaveAttribute('data-state', 'none');
    await take(page, 'part');
    await page.evaluate(async () => {
      const cache = await caches.open('bootable-offline-1 /');
      for (const key of await cache.keys()) if (key.url.endsWith('.zst') || key.url.endsWith('.html')) await cache.delete(key);
    });
    await site.close();
    expect((await page.goto(site.url))?.status()).toBe(503);
    await expect(page.locator('main')).toContainText('your browser has removed this page from what was stored');
  });
  await test.step('it is told, and comes back', async () => {
    const back = await serveStatic(DIST, '/', { port: Number(new URL(site.url).port) });
    await openPanel(page, site.url);
    await expect(panel(page)).toHaveAttribute('data-state', 'damaged');
    await expect(said(page)).toContainText('is gone: the browser, or somebody, has removed it');
    await take(page, 'part');
    await back.close();
    await page.goto(site.url + LAB);
    await expect(page.locator('[data-field="release"]')).toHaveValue('6.12');
    await page.locator('[data-boot]').click();
    await ready(page);
  });
});
