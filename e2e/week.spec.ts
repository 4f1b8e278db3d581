import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright/test';
import { anotherVersion } from './another-version.ts';
import { boot, breaches, DIST, expect, run, test } from './fixtures.ts';
import { openPanel, take } from './offline-tools.ts';
import { serveStatic } from './server.ts';

const READING = 'orientation/';
const SHORT_LAB = 'orientation/know-your-machine/';
const tally = (page: Page, of: string) => page.locator(`[data-tally="${of}"]`);

/** The next step of the lab by its solution, at a machine that is ready. */
async function prove(page: Page): Promise<void> {
  const step = page.locator('lab-step[data-state="open"]').first();
  const id = await step.getAttribute('id');
  await step.locator('.solution > summary').click();
  await step.locator('[data-type-in]').click();
  await expect(page.locator(`#${id}`)).toHaveAttribute('data-state', 'passed', { timeout: 300_000 });
}

async function downloaded(page: Page, button: Locator): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return readFile(await download.path());
}

/** Of a Firefox that is not Playwright's own nothing tells of a download: what the page hands to it is taken instead. */
async function handedOver(page: Page, button: Locator): Promise<Buffer> {
  const text = page.evaluate(() => new Promise<string>((told) => {
    const address = URL.createObjectURL;
    URL.createObjectURL = (file) => {
      if (file instanceof Blob) void file.text().then(told);
      return address(file);
    };
    document.documentElement.dataset['listens'] = '';
  }));
  await expect(page.locator('html')).toHaveAttribute('data-listens');
  await button.click();
  return Buffer.from(await text);
}

// The browser is closed and opened again, as a reader's is: what outlives that is what was stored, and nothing else.
test('a reader\'s week: read, asked, half a lab, closed; the site is published anew; finished, carried to another browser, and taken offline', { tag: '@firefox' }, async ({ playwright, browserName, launchOptions, channel }) => {
  test.setTimeout(900_000);
  const first = await serveStatic(DIST);
  const { url } = first;
  const wrong = new Map<BrowserContext, readonly string[]>();
  /** Asked first: for the case of a failure the runner takes a picture while a context closes, with a style of its own that the policy forbids. */
  const close = async (context: BrowserContext): Promise<void> => {
    expect(wrong.get(context)).toEqual([]);
    await context.close();
  };
  const scratch = mkdtempSync(join(tmpdir(), 'bootable-week-'));
  const open = async (profile: string) => {
    const context = await playwright[browserName].launchPersistentContext(join(scratch, profile), { ...launchOptions, ...(channel === undefined ? {} : { channel }), viewport: { width: 1280, height: 800 } });
    wrong.set(context, breaches(context, new Set([new URL(url).origin])));
    return { context, page: context.pages()[0] ?? await context.newPage() };
  };

  await test.step('Monday: found by search, read, a question answered wrong, then right', async () => {
    const { context, page } = await open('own');
    await page.goto(url);
    await page.keyboard.type('/orientation');
    await page.getByRole('dialog', { name: 'Search' }).getByRole('region', { name: 'Pages' }).locator(`a[href="/${READING}"]`).first().click();
    await expect(page).toHaveURL(url + READING);
    const question = page.locator('quiz-question[data-returns]').first();
    await question.locator('.option:not([data-right]) input').first().check();
    await question.getByRole('button', { name: 'Answer' }).click();
    await expect(question).toHaveAttribute('data-answered', 'wrong');
    await question.locator('.option[data-right] input').first().check();
    await question.getByRole('button', { name: 'Answer' }).click();
    await expect(question).toHaveAttribute('data-answered', 'right');
    await close(context);
  });

  await test.step('Tuesday: the first step of a lab', async () => {
    const { context, page } = await open('own');
    await page.goto(url + SHORT_LAB);
    await boot(page);
    await expect(page.locator('lab-work')).toHaveAttribute('data-state', 'ready', { timeout: 120_000 });
    await prove(page);
    await close(context);
  });

  await first.close();
  const folder = join(scratch, 'anew');
  anotherVersion(DIST, folder);
  const second = await serveStatic(folder, '/', { port: Number(new URL(url).port) });

  const file = await test.step('Thursday: the site is a newer one, and leads to step 2; the lab is finished', async () => {
    const { context, page } = await open('own');
    await page.goto(url);
    await expect(page).toHaveTitle(/^Anew/);
    await page.locator('.hero').getByRole('link', { name: /^Continue at step 2, / }).click();
    await expect(page).toHaveURL(new RegExp(`${SHORT_LAB}#step-`));
    await expect(page.locator('lab-step').first()).toHaveAttribute('data-state', 'passed');
    await boot(page);
    await expect(page.locator('lab-work')).toHaveAttribute('data-state', 'ready', { timeout: 120_000 });
    while (await page.locator('lab-step:not([data-state="passed"])').count() > 0) await prove(page);
    await expect(page.getByText('Every step is proven.')).toBeVisible();
    await page.goto(`${url}progress/`);
    const button = page.getByRole('button', { name: 'Download your progress' });
    const kept = await (browserName === 'firefox' ? handedOver : downloaded)(page, button);
    await close(context);
    return { name: 'progress.json', mimeType: 'application/json', buffer: kept };
  });

  await test.step('Friday: another browser takes the file in', async () => {
    const { context, page } = await open('other');
    await page.goto(`${url}progress/`);
    await page.locator('input[type="file"]').setInputFiles(file);
    await expect(tally(page, 'orientation/know-your-machine')).toHaveText('3 of 3 steps proven');
    await expect(tally(page, 'orientation')).toContainText(/1 of \d+ questions? answered/);
    await close(context);
  });

  await test.step('Saturday: taken offline, closed, and the server is gone', async () => {
    let { context, page } = await open('own');
    await openPanel(page, url);
    await take(page, 'part');
    await close(context);
    await second.close();
    ({ context, page } = await open('own'));
    await page.goto(url);
    await expect(page.locator('.labs li', { has: page.getByRole('link', { name: 'Know your machine' }) })).toContainText('proven');
    await page.goto(url + SHORT_LAB);
    await expect(page.locator('lab-step[data-state="passed"]')).toHaveCount(3);
    await boot(page);
    // What comes after the prompt is there as well. A word of the shell itself: the disk is not, and no program could be read.
    expect(await run(page, 'read -rN 4 x < /sys/kernel/btf/vmlinux; echo ${#x}')).toEqual([expect.stringMatching(/^[1-9]/)]);
    await close(context);
  });
  rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
});
