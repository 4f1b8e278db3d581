import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { boot, DIST, expect, LAB, ready, rows, run, screen, test } from './fixtures.ts';
import { openPanel, take } from './offline-tools.ts';
import { serveStatic } from './server.ts';

/** What a program could print to reach out of the terminal: `\e` is ESC, `\a` BEL. Each leaves a word on the screen. */
const REACHING: readonly (readonly [name: string, printed: string])[] = [
  ['the clipboard (OSC 52)', '\\e]52;c;c3RvbGVu\\aw1'],
  ['the title (OSC 0, 1, 2)', '\\e]0;stolen\\a\\e]1;stolen\\a\\e]2;stolen\\e\\\\w2'],
  ['a link (OSC 8)', '\\e]8;;https://example.com/stolen\\e\\\\w3\\e]8;;\\e\\\\'],
  ['a script link (OSC 8)', '\\e]8;;javascript:document.title=1\\aw4\\e]8;;\\a'],
  ['a folder, a notice, a file (OSC 7, 9, 777, 1337)', '\\e]7;file:///x\\a\\e]9;x\\a\\e]777;notify;x;x\\a\\e]1337;File=inline=0:eA==\\aw5'],
  ['a window and its title back (CSI t)', '\\e[3;0;0t\\e[8;5;5t\\e[21tw6'],
  ['HTML', '<img src=x onerror=document.title=1><b id=stolen>w7</b>'],
];

test('what the machine prints stays in its terminal', async ({ page, context, site }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const opened: string[] = [];
  context.on('page', (other) => opened.push(other.url()));
  page.on('download', (file) => opened.push(file.url()));
  page.on('dialog', (dialog) => { opened.push(dialog.message()); void dialog.dismiss(); });
  await page.goto(site.url);
  await boot(page);
  await page.evaluate(() => navigator.clipboard.writeText('mine'));
  const outside = () => page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true) as HTMLElement;
    copy.querySelector('.terminal')?.remove();
    return copy.outerHTML;
  });
  await page.locator('.xterm-helper-textarea').focus();
  const [before, title, url] = [await outside(), await page.title(), page.url()];
  for (const [at, [name, printed]] of REACHING.entries()) {
    expect((await run(page, `printf '${printed}\\n'`)).join(' '), name).toContain(`w${at + 1}`);
    expect(await outside(), `the page after ${name}`).toBe(before);
  }
  for (const [word, link] of [['w3', true], ['w4', false]] as const) {
    const row = rows(page).filter({ hasText: new RegExp(`^${word}`) });
    await row.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
    const { x, y } = (await row.boundingBox()) ?? { x: 0, y: 0 };
    await page.mouse.move(x + 30, y + 40);
    await page.mouse.move(x + 6, y + 6);
    if (link) await expect(page.locator('.xterm-screen'), 'the pointer is on a link').toHaveClass(/xterm-cursor-pointer/);
    await page.mouse.click(x + 6, y + 6);
  }
  await expect(screen(page)).toContainText('<b id=stolen>w7</b>');
  await expect(page.locator('.terminal').locator('a, img, #stolen, script, iframe')).toHaveCount(0);
  expect([await page.title(), page.url(), opened, await page.evaluate(() => navigator.clipboard.readText())]).toEqual([title, url, [], 'mine']);
});

test('with the headers that the site brings for its host, all of it works', async ({ page, origins }) => {
  const rule = /^\/\*\n((?: {2}.*\n)+)/m.exec(readFileSync(join(DIST, '_headers'), 'utf8'))?.[1] ?? '';
  const headers = Object.fromEntries(rule.trim().split('\n').map((line) => line.trim().split(/: (.*)/).slice(0, 2)));
  expect(headers['Content-Security-Policy']).toContain("frame-ancestors 'none'");
  const site = await serveStatic(DIST, '/', { headers });
  origins.add(new URL(site.url).origin);
  await page.goto(site.url + LAB);
  await boot(page);
  expect((await run(page, 'uname -r')).join()).toMatch(/bootable$/);
  await openPanel(page, site.url);
  await take(page, 'part');
  await site.close();
  await page.goto(site.url + LAB);
  await page.locator('[data-boot]').click();
  await ready(page);
});

test('the policy lets no text become HTML or code', async ({ browser, site }) => {
  const context = await browser.newContext(); // its breaches are meant
  const page = await context.newPage();
  await openPanel(page, site.url);
  const tried = await page.evaluate(() => {
    const attempts: Readonly<Record<string, () => unknown>> = {
      'HTML': () => { document.body.innerHTML = '<b>x</b>'; },
      'a foreign script': () => { document.createElement('script').src = 'https://example.com/x.js'; },
      'the text of a script': () => { document.createElement('script').text = '1'; },
      'a foreign worker': () => new Worker('https://example.com/x.js'),
      'a worker out of a blob': () => new Worker(URL.createObjectURL(new Blob(['1']))),
      'eval': () => (0, eval)('1'),
      'a string as a timer': () => setTimeout('1', 0),
    };
    const outcomes = (): string[] => Object.entries(attempts).map(([name, attempt]) => {
      try {
        attempt();
        return `${name}: allowed`;
      } catch {
        return `${name}: refused`;
      }
    });
    // In a task of the page: what a debugger runs at once may eval.
    return new Promise<string[]>((resolve) => { setTimeout(() => resolve(outcomes()), 0); });
  });
  expect(tried.filter((line) => !line.endsWith('refused'))).toEqual([]);
  await context.close();
});

test('what stays in the browser is what the page about it names, and can be erased there', async ({ page, context, site }) => {
  await page.goto(site.url);
  await page.getByRole('button', { name: /Switch to the/ }).click();
  await page.keyboard.press('/');
  await page.getByRole('checkbox', { name: 'The key / opens the search' }).uncheck();
  await page.goto(site.url + LAB);
  await page.locator('panel-split').focus(); // its code comes with that
  await expect.poll(async () => {
    await page.keyboard.press('ArrowLeft');
    return page.evaluate(() => localStorage.getItem('bootable:panel'));
  }).not.toBeNull();
  await page.locator('[data-field="release"]').fill('6.12');
  await boot(page);
  await page.locator('.xterm-helper-textarea').focus();
  await run(page, 'md5sum /usr/bin/find');
  await page.getByRole('button', { name: 'Larger type in the terminal' }).click();
  await page.getByRole('button', { name: 'Screen reader' }).click();
  await page.getByRole('button', { name: 'Checkpoints' }).click();
  await page.locator('#checkpoint-name').fill('kept');
  await page.getByRole('button', { name: 'Save checkpoint' }).click();
  await expect(page.locator('.checkpoints li b').getByText('kept', { exact: true })).toBeVisible({ timeout: 60_000 });
  await openPanel(page, site.url);
  await take(page, 'part');
  const found = () => page.evaluate(async () => ({
    names: [
      ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await indexedDB.databases()).map(({ name }) => name ?? ''), ...await caches.keys(),
      ...(await navigator.serviceWorker.getRegistrations()).map(({ active }) => new URL(active?.scriptURL ?? '').pathname),
    ].sort(),
    session: sessionStorage.length,
  }));
  const named = (await page.locator('[data-stays] dt code').allTextContents()).sort();
  const kept = await found();
  expect(kept.names.filter((name) => !named.includes(name)), 'named on the page').toEqual([]);
  expect(named.filter((name) => !kept.names.includes(name)), 'and all that is named was seen').toEqual([]);
  expect(kept.session).toBe(0);
  expect(await context.cookies()).toEqual([]);
  await page.getByText('Erase all of this').click();
  await page.getByRole('button', { name: 'Erase it' }).click();
  await expect(page.locator('[data-erased]')).toContainText('Nothing of the course is left');
  expect((await found()).names).toEqual([]);
});
