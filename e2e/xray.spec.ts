import type { Page } from 'playwright/test';
import { boot, expect, run, test } from './fixtures.ts';

const panel = (page: Page) => page.getByRole('region', { name: 'X-ray' });
const button = (page: Page) => page.getByRole('button', { name: 'X-ray', exact: true });
const value = (page: Page, key: string) => panel(page).locator(`[data-value="${key}"]`);
const address = (page: Page) => panel(page).getByRole('textbox', { name: /address/ });
const result = (page: Page) => panel(page).getByRole('status');

/** What the page asks of the machine's Worker, in order. */
async function recordCalls(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const calls: string[] = Object.assign(window, { calls: [] }).calls;
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, message: { method?: string; args?: unknown[] }, ...rest: [never]) {
      if (message.method === 'inspect' || message.method === 'watch') calls.push(`${message.method} ${String(message.args?.[0] ?? '')}`.trim());
      post.call(this, message, ...rest);
    };
  });
  return () => page.evaluate(() => (window as unknown as { calls: string[] }).calls.splice(0));
}

const types = async (page: Page, line: string): Promise<string[]> => {
  await page.locator('.xterm-helper-textarea').focus();
  return run(page, line);
};

test('the X-ray shows the machine from outside, and agrees with what it says of itself', async ({ page, site }) => {
  const calls = await recordCalls(page);
  await page.goto(site.url);
  await boot(page);
  expect(await calls()).toEqual([]);

  await test.step('at rest: halted in ring 0, in the idle task', async () => {
    await button(page).click();
    await expect(panel(page)).toBeFocused();
    await expect(value(page, 'task')).toHaveText('swapper, pid 0: the idle task');
    await expect(value(page, 'privilege')).toHaveText('0, halted');
    await expect(value(page, 'rest')).toHaveText(/^\d+ %$/);
    await expect(value(page, 'interrupts')).toHaveText(/per second/);
    await expect(value(page, 'chunks')).toHaveText(/^\d+, \d+\.\d MB/);
    await expect(value(page, 'slide')).toHaveText(/^0x[0-9a-f]{5}000$/);
  });

  let pid = '';
  await test.step('a program that never rests: its name and pid, nearly all in ring 3', async () => {
    pid = (await types(page, '(while :; do :; done) & echo pid $!')).join('\n').match(/pid (\d+)/)?.[1] ?? '';
    expect(await types(page, `cut -d " " -f 1,2 /proc/${pid}/stat`)).toEqual([`${pid} (bash)`]);
    await expect(value(page, 'task')).toHaveText(`bash, pid ${pid}`);
    await expect(value(page, 'ring3')).toHaveText(/^([6-9]\d|100) %$/);
    await expect(value(page, 'instructions')).toHaveText(/^\d+(\.\d)? million per second$/);
  });

  await test.step('the walk ends in the frame that pagemap names', async () => {
    const [from = ''] = await types(page, `grep -m1 r-xp /proc/${pid}/maps | cut -d - -f 1`);
    const [entry = ''] = await types(page, `od -An -tx8 -j $((0x${from}/512)) -N 8 /proc/${pid}/pagemap`);
    const frame = BigInt(`0x${entry.trim()}`) & ((1n << 55n) - 1n);
    await address(page).fill(from);
    // The shell that was typed at may be on the processor: then its tables are walked.
    await expect(async () => {
      await page.keyboard.press('Enter');
      await expect(panel(page).locator('li').first()).toContainText(`bash (pid ${pid})`, { timeout: 500 });
    }).toPass({ timeout: 30_000 });
    await expect(panel(page).locator('li')).toHaveCount(3);
    await expect(panel(page).locator('li').nth(1)).toContainText('present, writable, user, accessed; its page table is at physical 0x');
    await expect(result(page)).toHaveText(`0x${from} lies at physical address 0x${(frame * 4096n).toString(16).padStart(8, '0')}, in a page of 4 KiB. Programs and the kernel may read it.`);
  });

  await test.step('an address without a mapping, and what is no address', async () => {
    await address(page).fill('0');
    await page.keyboard.press('Enter');
    await expect(result(page)).toContainText('0x00000000 has no mapping');
    await address(page).fill('main');
    await page.keyboard.press('Enter');
    await expect(result(page)).toContainText('“main” is not hexadecimal');
  });

  await test.step('a paused machine is still seen, standing', async () => {
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await expect(value(page, 'instructions')).toHaveText('0 million per second');
    await expect(value(page, 'rest')).toHaveText('100 %');
    await page.getByRole('button', { name: 'Go on', exact: true }).click();
  });

  await test.step('hidden, by its reader or with its tab, it asks nothing', async () => {
    const visibility = (state: string) => page.evaluate((now) => {
      Object.defineProperty(document, 'visibilityState', { value: now, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
    await visibility('hidden');
    expect((await calls()).at(-1)).toBe('watch false');
    await types(page, 'kill %1; wait');
    expect(await calls()).toEqual([]);
    await visibility('visible');
    await expect(value(page, 'task')).toHaveText('swapper, pid 0: the idle task');
    expect((await calls()).slice(0, 2)).toEqual(['watch true', 'inspect']);
    await address(page).focus();
    await page.keyboard.press('Escape');
    await expect(panel(page)).toBeHidden();
    await expect(button(page)).toBeFocused();
    expect((await calls()).at(-1)).toBe('watch false');
    await types(page, 'echo done');
    expect(await calls()).toEqual([]);
  });
});

test('before a kernel runs the X-ray says so, and an address is the physical one', async ({ page, site }) => {
  await page.goto(site.url);
  await boot(page);
  await button(page).click();
  await expect(value(page, 'task')).toHaveText(/pid \d+/);
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(value(page, 'task')).toHaveText('no kernel of ours runs yet', { timeout: 60_000 });
  await address(page).fill('7c00');
  await page.keyboard.press('Enter');
  await expect(result(page)).toContainText('Paging is off');
});

for (const [width, height] of [[1280, 800], [390, 844]] as const)
  test(`at ${width} px the X-ray leaves the terminal in use`, async ({ page, site }) => {
    await page.setViewportSize({ width, height });
    await page.goto(`${site.url}node/evidence/`);
    await boot(page);
    await button(page).click();
    await expect(value(page, 'rest')).toHaveText(/^\d+ %$/);
    const terminal = await page.locator('[data-terminal]').boundingBox();
    expect(terminal?.height).toBeGreaterThan(150);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
