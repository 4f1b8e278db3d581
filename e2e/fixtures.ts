import { join } from 'node:path';
import { expect, test as base, type BrowserContext, type Page } from 'playwright/test';
import { serveStatic, type StaticServer } from './server.ts';

export { expect };
export const DIST = join(import.meta.dirname, '../dist');
export const LAB = 'node/evidence/';

interface PerTest {
  /** Origins that a page may ask; a test with a server of its own adds it. */
  readonly origins: Set<string>;
  /** Fails a test in which a page did what no page may do. */
  readonly honest: void;
}

/** The site as published on a plain host, and in every test: no request elsewhere, no breach of the policy, no uncaught exception. */
export const test = base.extend<PerTest, { site: StaticServer }>({
  site: [async ({}, use) => {
    const site = await serveStatic(DIST);
    await use(site);
    await site.close();
  }, { scope: 'worker' }],
  origins: async ({ site }, use) => use(new Set([new URL(site.url).origin])),
  honest: [async ({ context, origins }, use) => {
    const wrong = breaches(context, origins);
    await use();
    expect(wrong).toEqual([]);
  }, { auto: true }],
});

/** What pages of the context do from now on that no page may do. The list grows. */
export function breaches(context: BrowserContext, origins: ReadonlySet<string>): readonly string[] {
  const wrong: string[] = [];
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (!['data:', 'blob:'].includes(protocol) && !origins.has(origin)) wrong.push(`asked ${request.url()}`);
  });
  context.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) wrong.push(message.text());
  });
  context.on('weberror', (error) => wrong.push(`uncaught: ${error.error().stack ?? error.error()}`));
  return wrong;
}

/** Waits until the machine runs; a machine that failed instead is told with its own words. */
export async function ready(page: Page): Promise<void> {
  const machine = page.locator('boot-machine');
  await expect(machine).toHaveAttribute('data-state', /^(ready|failed)$/, { timeout: 90_000 });
  if (await machine.getAttribute('data-state') === 'failed') throw new Error(`The machine failed: ${await page.locator('[data-message]').textContent()}`);
}

export async function boot(page: Page): Promise<void> {
  await page.locator('[data-boot]').click();
  await ready(page);
}

/** What the terminal shows, line by line. */
export const screen = (page: Page) => page.locator('.xterm-rows');
export const rows = (page: Page) => screen(page).locator('> div');

/** Types a line (shorter than the screen is wide) at the prompt, waits for the next prompt, and gives what stands between. */
export async function run(page: Page, line: string): Promise<string[]> {
  const before = (await shown(page)).filter((row) => row.endsWith(`# ${line}`)).length;
  await page.keyboard.type(`${line}\n`);
  let answer: string[] | undefined;
  await expect.poll(async () => {
    const all = await shown(page);
    const from = all.findLastIndex((row) => row.endsWith(`# ${line}`));
    const end = all.findIndex((row, index) => index > from && PROMPT.test(row));
    answer = from === -1 || end === -1 ? undefined : all.slice(from + 1, end);
    return answer !== undefined && (before === 0 || all.filter((row) => row.endsWith(`# ${line}`)).length > before);
  }, { timeout: 60_000, message: `the answer to ${line}` }).toBe(true);
  return answer ?? [];
}

const PROMPT = /^root@node-1:\S*#$/;

async function shown(page: Page): Promise<string[]> {
  return (await rows(page).allTextContents()).map((row) => row.replaceAll('\u00a0', ' ').trimEnd());
}
