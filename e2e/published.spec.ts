import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStamps } from '../src/stamp/stamp.ts';
import { DIST, expect, LAB, test } from './fixtures.ts';

const pages = globSync('**/index.html', { cwd: DIST }).map((file) => file.replace(/index\.html$/, '')).sort();

test('every page has its Markdown twin, with what the page shows and no tags of ours', async ({ page, site, request }) => {
  for (const path of pages) {
    await page.goto(site.url + path);
    const twin = await page.locator('link[rel="alternate"][type="text/markdown"]').evaluate((link) => (link as HTMLLinkElement).href);
    expect(twin).toBe(`${site.url}${path}index.md`);
    const answer = await request.get(twin);
    expect(answer.status(), twin).toBe(200);
    const text = await answer.text();
    expect(text, path).toMatch(/^# \S/);
    const prose = text.replace(/^( *)```.*?^\1```$/gms, '').replace(/`[^`\n]*`/g, '');
    expect(prose.match(/<\/?[A-Za-z][\w-]*[ />]/g) ?? [], `elements in ${twin}`).toEqual([]);
    const sessions = await page.locator('main pre[data-session] code').evaluateAll((all) => all.map((code) => code.textContent ?? ''));
    for (const line of sessions.flatMap((session) => session.split('\n'))) expect(text, `${twin}: ${line}`).toContain(line.trim());
    const tasks = await page.locator('lab-step h3').allTextContents();
    for (const title of tasks) expect(text, path).toContain(title.trim().replace(/`/g, ''));
    const asked = await page.locator('quiz-question').count();
    expect(text.match(/^ *\*\*Answers\*\*$/gm)?.length ?? 0, `questions of ${twin}`).toBe(asked);
  }
});

test('llms.txt leads to every twin, and a page tells the day of its proof to machines', async ({ page, site, request }) => {
  const text = await (await request.get(`${site.url}llms.txt`)).text();
  const twins = [...text.matchAll(/\]\((\S+)\): /g)].map((match) => match[1]);
  expect(twins.toSorted()).toEqual(pages.map((path) => `/${path}index.md`).sort());
  expect((await (await request.get(`${site.url}robots.txt`)).text()).split('\n')[0]).toBe('User-agent: *');
  const stamp = readStamps(join(DIST, '..'))[LAB.replace(/\/$/, '')];
  await page.goto(site.url + LAB);
  await expect(page.locator('time[data-proven]')).toHaveAttribute('datetime', stamp?.date ?? 'never');
});

test('a site that does not know its origin says nothing of it', async () => {
  for (const path of pages) expect(readFileSync(join(DIST, path, 'index.html'), 'utf8'), path).not.toMatch(/rel="canonical"|property="og:|class="edit"/);
  expect(globSync('sitemap*', { cwd: DIST })).toEqual([]);
});

test('an address with a slip finds its page, one that shares nothing finds all', async ({ page, site }) => {
  await page.goto(`${site.url}030-boot/slwo-boot.html`);
  const near = page.getByRole('region', { name: 'The nearest that is here' });
  await near.getByRole('link').first().click();
  await expect(page).toHaveURL(`${site.url}boot/slow/`);
  await page.goto(`${site.url}xyzzy/`, { waitUntil: 'networkidle' });
  await expect(near).toBeHidden();
  const all = await page.getByRole('region', { name: 'All that is here' }).getByRole('link').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
  expect(pages.map((path) => `/${path}`).filter((path) => path !== '/about-licences/' && !all.includes(path))).toEqual([]);
});

test('what has changed is one click away', async ({ page, site }) => {
  await page.goto(`${site.url}boot/`);
  await page.getByRole('contentinfo').getByRole('link', { name: 'What has changed' }).click();
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(/^\d+ \w+ \d{4}$/);
});

test('on paper a page is its text: no machine, no buttons, addresses of links readable', async ({ page, site }) => {
  for (const path of ['modules/', LAB]) {
    await page.goto(site.url + path);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    for (const element of await page.locator('header.top, nav, footer.foot, boot-machine, lab-work, button:not(.term)').all()) await expect(element).toBeHidden();
    expect(await page.locator('main > p').first().evaluate((text) => getComputedStyle(text).color), path).toBe('rgb(29, 32, 35)');
    const link = page.locator('main a[href^="https:"]').first();
    expect(await link.evaluate((one) => getComputedStyle(one, '::after').content), path).toContain(await link.getAttribute('href') ?? 'no link');
    await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  }
});
