import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readStamps } from '../src/stamp/stamp.ts';
import { DIST, expect, LAB, test } from './fixtures.ts';

const pages = globSync('**/*.html', { cwd: DIST }).map((file) => file.replace(/index\.html$/, '')).sort();
const gz = (data: Buffer | string): number => gzipSync(data, { level: 9 }).length;

test('every page is whole, in both themes, on a desk and on a phone', async ({ page, site }) => {
  expect(pages).toContain('');
  expect(pages).toContain(LAB);
  for (const path of pages) {
    await page.goto(site.url + path);
    await expect(page.locator('h1')).toHaveCount(1);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const [width, height] of [[1440, 900], [390, 844]] as const) {
        await page.setViewportSize({ width, height });
        const { overflow, paper } = await page.evaluate(() => ({
          overflow: document.documentElement.scrollWidth - innerWidth,
          paper: getComputedStyle(document.body).backgroundColor,
        }));
        expect(overflow, `${path} is ${overflow} px too wide at ${width} px`).toBeLessThanOrEqual(0);
        expect(paper, `${path} in ${colorScheme}`).toBe(colorScheme === 'light' ? 'rgb(252, 251, 248)' : 'rgb(20, 23, 26)');
      }
    }
  }
});

test('every link on the site leads to something', async ({ page, site, request }) => {
  const seen = new Set<string>();
  for (const path of pages) {
    await page.goto(site.url + path);
    for (const address of await page.locator('a[href]').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))) {
      const url = new URL(address);
      if (url.origin !== new URL(site.url).origin) continue;
      if (url.hash && url.pathname === new URL(page.url()).pathname)
        expect(await page.locator(`[id="${url.hash.slice(1)}"]`).count(), `${path}${url.hash}`).toBe(1);
      seen.add(url.origin + url.pathname);
    }
  }
  for (const address of seen) expect((await request.get(address)).status(), address).toBe(200);
});

test('a page is small before it is used', async ({ browser, site, origins }) => {
  origins.add(new URL(site.url).origin);
  const weigh = async (path: string): Promise<void> => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(site.url + path, { waitUntil: 'networkidle' });
    const sum = (extension: string) => asked.filter((name) => name.endsWith(extension)).reduce((bytes, name) => bytes + gz(readFileSync(join(DIST, name))), 0);
    const html = readFileSync(join(DIST, path.endsWith('.html') ? path : `${path}index.html`), 'utf8');
    // A page carries its whole text, a lab's with hints and solutions, and its diagrams; what counts is what is added to them.
    const words = gz(await page.locator('body').evaluate((body) => body.textContent ?? ''));
    const isLab = await page.locator('lab-work').count() > 0;
    await context.close();
    expect(gz(html.replace(/<svg role="img"[\s\S]*?<\/svg>/g, '')) - words, `HTML of ${path}`).toBeLessThanOrEqual(7_000);
    expect(sum('.css'), `CSS of ${path}`).toBeLessThanOrEqual(10_000);
    expect(sum('.js'), `JavaScript of ${path}`).toBeLessThanOrEqual(isLab ? 2_500 : 2_000);
  };
  // Each waits mostly until nothing more is asked for.
  const left = [...pages];
  await Promise.all(Array.from({ length: 4 }, async () => {
    for (let path = left.pop(); path !== undefined; path = left.pop()) await weigh(path);
  }));
});

test('without JavaScript the text is complete', async ({ browser, site }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto(site.url + LAB);
  const step = page.locator('lab-step').first();
  await expect(step.getByText(/^Step 1 of \d+$/)).toBeVisible();
  await step.getByText(/^Hints/).click();
  await expect(step.locator('.hints p').first()).toBeVisible();
  await step.getByText('Solution', { exact: true }).click();
  await expect(step.locator('.solution .typed').first()).toBeVisible();
  await expect(page.getByText('The machine runs in JavaScript and WebAssembly, which this browser has switched off.')).toBeVisible();
  await page.getByRole('button', { name: 'Contents' }).click();
  await expect(page.getByRole('navigation', { name: 'Course' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Course' }).getByRole('link').nth(1).click();
  await expect(page.locator('h1')).toBeVisible();
  await context.close();
});

test('the theme of the reader stays, and is there at the first paint', async ({ page, site }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(site.url);
  await page.getByRole('button', { name: 'Switch to the dark theme' }).click();
  await expect(page.getByRole('button', { name: 'Switch to the light theme' })).toBeVisible();
  await page.goto(site.url + LAB, { waitUntil: 'commit' });
  await page.waitForFunction(() => document.body !== null);
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
});

test('the skip link leads past the bar', async ({ page, site }) => {
  await page.goto(site.url + LAB);
  await page.keyboard.press('Tab');
  await expect(page.getByText('Skip to the text')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#main$/);
});

test('an address that leads nowhere says so, with ways on', async ({ page, site }) => {
  const answer = await page.goto(`${site.url}no/such/page/`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'No such page' })).toBeVisible();
  await page.getByRole('link', { name: /front page/ }).click();
  await expect(page.locator('[data-boot]')).toBeVisible();
});

test('every page of the course shows its proof, with what was executed', async ({ page, site }) => {
  const stamps = readStamps(join(DIST, '..'));
  const taught = pages.filter((path) => path.replace(/\/$/, '') in stamps);
  expect(taught).toContain(LAB);
  for (const path of taught) {
    await page.goto(site.url + path);
    const shown = page.locator('[data-stamp="proven"]');
    await expect(shown).toHaveCount(1);
    const stamp = stamps[path.replace(/\/$/, '')];
    if (stamp?.commands) await expect(shown).toContainText(`${stamp.commands} shown command${stamp.commands === 1 ? '' : 's'} typed and compared`);
    if (stamp?.checks) await expect(shown).toContainText(`${stamp.checks} checks and ${stamp.attempts} wrong attempts made`);
    if (stamp?.commands || stamp?.checks) await expect(shown).toContainText(`on Linux ${stamp.kernel}`);
  }
});

test('the cheat sheet prints on two sides', async ({ page, site }) => {
  await page.goto(`${site.url}cheat-sheet/`);
  const sides = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type ?\/Page\b/g) ?? [];
  expect(sides.length).toBeGreaterThan(0);
  expect(sides.length).toBeLessThanOrEqual(2);
});
