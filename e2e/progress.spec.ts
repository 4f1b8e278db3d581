import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';

const KEY = 'bootable-progress';
const READING = 'system-calls/';
const stored = (page: Page) => page.evaluate((key) => localStorage.getItem(key), KEY);
const side = (page: Page) => page.getByRole('navigation', { name: 'Course' });
const said = (page: Page) => page.locator('[data-said]');

/** Answers the first question of the reading page. */
async function answer(page: Page): Promise<void> {
  const question = page.locator('quiz-question[data-returns]').first();
  await question.locator('.option[data-right] input').first().check();
  await question.getByRole('button', { name: 'Answer' }).click();
  await expect(question).toHaveAttribute('data-answered', 'right');
}

/** What two steps of the evidence lab leave behind, as a check writes it. */
const passes = (...steps: string[]): string => JSON.stringify({
  version: 2,
  labs: { 'node/evidence': { since: 0, entries: {}, read: {}, passed: Object.fromEntries(steps.map((step, index) => [step, { at: 1000 + index, facts: [], interpretations: [], open: [] }])) } },
});

async function take(page: Page, name: string, text: string): Promise<void> {
  await page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  await expect(said(page)).toContainText(name);
}

/** Until the page itself has been told that `part` is in view: observers are told in the order in which they were made. */
const seen = (part: Locator): Promise<void> => part.evaluate((element) => new Promise<void>((told) => {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    told();
  });
  observer.observe(element);
}));

test('a section counts when there was time to read it and its end was seen; scrolling past counts for nothing', { tag: '@firefox' }, async ({ page, site }) => {
  await page.clock.install();
  await page.goto(site.url + READING);
  const contents = page.locator('.toc a');
  await page.mouse.wheel(0, 10);
  const first = page.locator('main > h2').first();
  const second = page.locator('main > h2').nth(1);
  await first.scrollIntoViewIfNeeded();
  await expect(page.locator('.run').first()).toBeAttached(); // the code that counts is there
  await page.locator('main > .stamp').scrollIntoViewIfNeeded();
  await seen(page.locator('main > .stamp'));
  expect(await stored(page)).toBeNull();

  await first.evaluate((heading) => heading.scrollIntoView({ behavior: 'instant' }));
  await seen(first);
  await page.clock.runFor(1000);
  expect(await stored(page)).toBeNull();
  await page.clock.runFor(300_000);
  expect(await stored(page)).toBeNull();
  await second.evaluate((heading) => heading.scrollIntoView({ behavior: 'instant', block: 'end' }));
  await seen(second);
  await page.clock.runFor(2000);
  await expect(contents.first()).toHaveText(/ read$/);
  await expect(side(page).locator('a[aria-current="page"]')).toContainText(/1 of \d+ read/);
  await page.reload();
  await expect(contents.first()).toHaveText(/ read$/);
});

test('what is proven stands on the front page and in the sidebar, and leads back to where the reader was', { tag: '@firefox' }, async ({ page, site }) => {
  // The empty page before the first one has no storage.
  await page.addInitScript(([key, text]) => { if (location.protocol === 'http:' && !localStorage.getItem(key)) localStorage.setItem(key, text); }, [KEY, passes('kernel', 'log')] as const);
  await page.goto(site.url);
  const lab = page.locator('.labs li', { has: page.getByRole('link', { name: 'The kernel evidence report' }) });
  await expect(lab).toContainText(/2 of \d+ proven/);
  const resume = page.locator('.hero').getByRole('link', { name: /^Continue at step \d+, / });
  await expect(page.locator('.hero [data-resume]')).toContainText(': The kernel evidence report');
  const step = Number(/step (\d+)/.exec((await resume.textContent()) ?? '')?.[1]);
  await resume.click();
  await expect(page).toHaveURL(/\/node\/evidence\/#step-/);
  await expect(page.locator('lab-step:target .step-number')).toContainText(`Step ${step} of`);
  await expect(page.locator('.steps [aria-current="step"]')).toHaveCount(1);
  await page.goto(site.url + READING);
  await expect(side(page).locator('[data-progress="node/evidence"]')).toHaveText(/2 of \d+ proven/);
  await expect(side(page).getByRole('link', { name: /^Continue at step/ })).toBeVisible();
});

test('a file takes progress to another browser, and what is there is not lost', async ({ page, site, browser }) => {
  await page.goto(site.url + READING);
  await answer(page);
  await page.goto(`${site.url}progress/`);
  await expect(page.locator('[data-tally="system-calls"]')).toHaveText(/^1 of \d+ questions answered$/);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download your progress' }).click()]);
  expect(file.suggestedFilename()).toMatch(/^bootable-progress-\d{4}-\d\d-\d\d\.json$/);
  const text = await readFile(await file.path(), 'utf8');

  const other = await browser.newContext();
  const clean = await other.newPage();
  await clean.goto(`${site.url}progress/`);
  await expect(clean.locator('[data-tally="system-calls"]')).toHaveText('nothing yet');
  await take(clean, file.suggestedFilename(), text);
  await expect(said(clean)).toContainText('1 thing more is done now');
  await expect(clean.locator('[data-tally="system-calls"]')).toHaveText(/^1 of \d+ questions answered$/);
  await clean.goto(site.url + READING);
  await expect(clean.locator('quiz-question[data-returns]').first()).toHaveAttribute('data-answered', 'right');

  await clean.evaluate(([key, own]) => localStorage.setItem(key, own), [KEY, passes('kernel')] as const);
  await clean.goto(`${site.url}progress/`);
  await take(clean, 'again.json', text);
  await expect(clean.locator('[data-tally="system-calls"]')).toHaveText(/^1 of/);
  await expect(clean.locator('[data-tally="node/evidence"]')).toHaveText(/^1 of \d+ steps proven$/);
  await other.close();
});

test('a press that comes before the code of the page is not lost, also where the code was on its way', async ({ page, site }) => {
  await page.addInitScript(([key, text]) => { if (location.protocol === 'http:') localStorage.setItem(key, text); }, [KEY, passes('kernel')] as const);
  let release = (): void => undefined;
  const pressed = new Promise<void>((resolve) => { release = resolve; });
  const asked: string[] = [];
  await page.route(/progress-page/, async (route) => {
    asked.push(route.request().url());
    await pressed;
    await route.continue();
  });
  await page.goto(`${site.url}progress/`, { waitUntil: 'commit' });
  await expect.poll(() => asked).toHaveLength(1);
  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download your progress' }).click();
  release();
  expect((await file).suggestedFilename()).toMatch(/^bootable-progress-/);
  await expect(said(page)).toHaveText('The file is among your downloads.');
});

test('a file that is corrupt, foreign or hostile changes nothing and is told why', async ({ page, site }) => {
  await page.goto(site.url + READING);
  await answer(page);
  await page.goto(`${site.url}progress/`);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download your progress' }).click()]);
  const text = await readFile(await file.path(), 'utf8');
  const before = await stored(page);
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['cut.json', text.slice(0, text.length / 2), /it is not JSON, or it was cut short\. Nothing has changed/],
    ['picture.json', '\x89PNG\r\n', /it is not JSON/],
    ['other.json', '{"product":"Other course","labs":{}}', /does not say that it is the progress of a reader of this course/],
    ['newer.json', text.replace('"version": 2', '"version": 9'), /it is of version 9 and this page knows versions up to 2/],
    ['odd.json', text.replace(/"value": "\d+"/, '"value": {"toString": 1}'), /is no text/],
    ['large.json', ' '.repeat(2_000_001), /it holds 2\.0 MB, and a file of this course at most 2 MB/],
  ];
  for (const [name, body, why] of cases) {
    await take(page, name, body);
    await expect(said(page)).toHaveText(why);
    expect(await stored(page), name).toBe(before);
  }
  await take(page, 'hostile.json', text.replace('"labs": {', '"labs": {"__proto__": {"since": 1e16, "entries": {}, "passed": {}, "read": {}}, "<img src=x onerror=alert(1)>": {"since": 0, "entries": {}, "passed": {}, "read": {}},'));
  await expect(said(page)).toContainText('was not taken in: labs.__proto__.since is no time');
  await take(page, 'strange.json', text.replace('"labs": {', '"labs": {"__proto__": {"since": 0, "entries": {}, "passed": {}, "read": {}}, "<img src=x onerror=alert(1)>": {"since": 0, "entries": {}, "passed": {}, "read": {}},'));
  await expect(said(page)).toContainText('Left out, because this course does not have it: __proto__; <img src=x onerror=alert(1)>.');
  expect(await page.evaluate(() => ({}) instanceof Object && !('since' in {}))).toBe(true);
  expect(JSON.parse((await stored(page)) ?? '').labs).toEqual(JSON.parse(before ?? '').labs);
});

test('two tabs agree, and a page that was forgotten in one is forgotten in the other', async ({ context, site }) => {
  const [one, two] = [await context.newPage(), await context.newPage()];
  await one.goto(site.url + READING);
  await two.goto(`${site.url}progress/`);
  const three = await context.newPage();
  await three.goto(site.url + READING);
  await answer(one);
  await three.reload();
  await expect(three.locator('quiz-question[data-answered]')).toHaveCount(1);
  await two.bringToFront();
  await expect(two.locator('[data-tally="system-calls"]')).toHaveText(/^1 of \d+ questions answered$/);
  two.on('dialog', (dialog) => void dialog.accept());
  await two.getByRole('button', { name: 'Forget all of it' }).click();
  await expect(said(two)).toHaveText('All of it is forgotten.');
  await expect(two.locator('[data-tally="system-calls"]')).toHaveText('nothing yet');
  await expect(three.locator('quiz-question[data-answered], quiz-question input:checked'), 'an open page hears of it').toHaveCount(0);
  await one.reload();
  await expect(one.locator('quiz-question[data-answered]')).toHaveCount(0);
});

test('storage that is full, forbidden or cleared is said, with a file as the way out', async ({ page, site }) => {
  await page.goto(site.url + READING);
  await page.evaluate(() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; });
  await answer(page);
  await expect(page.locator('.toast')).toContainText('no room left');
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('.toast').getByRole('button', { name: 'Download a file of it' }).click()]);
  expect(JSON.parse(await readFile(await file.path(), 'utf8')).labs['system-calls']).toBeDefined();

  await page.reload();
  await answer(page);
  await page.evaluate(() => localStorage.clear());
  await page.locator('quiz-question[data-returns]').nth(1).locator('input').first().check();
  await page.locator('quiz-question[data-returns]').nth(1).getByRole('button', { name: 'Answer' }).click();
  await expect(page.locator('.toast')).toContainText('removed what this course had stored');
  await page.reload();
  await expect(page.locator('quiz-question[data-answered]')).toHaveCount(2);
});

test('progress of version 1 is carried over, and a clock that goes backwards changes no order', async ({ page, site }) => {
  await page.clock.install({ time: new Date('2030-01-01') });
  await page.goto(`${site.url}progress/`);
  await page.evaluate(([key, text]) => localStorage.setItem(key, text), [KEY, JSON.stringify({
    version: 1, labs: { 'node/evidence': { since: 0, entries: {}, passed: { kernel: { at: Date.parse('2030-01-01'), facts: [], interpretations: [], open: [] } } } },
  })] as const);
  await page.reload();
  await expect(page.locator('[data-tally="node/evidence"]')).toHaveText(/^1 of/);
  await page.clock.setSystemTime(new Date('2020-01-01'));
  await page.goto(site.url + READING);
  await answer(page);
  expect(JSON.parse((await stored(page)) ?? '').version).toBe(2);
  await page.goto(site.url);
  // The answer was the last thing done, whatever the clock says.
  await expect(page.locator('.hero [data-resume]')).toContainText(/: (?!The kernel evidence report)/);
});
