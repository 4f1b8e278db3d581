import { globSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { fadedLetters, findings } from './axe.ts';
import { boot, DIST, expect, LAB, run, test } from './fixtures.ts';

const pages = globSync('**/*.html', { cwd: DIST }).map((file) => file.replace(/index\.html$/, '')).sort();
const THEMES = ['light', 'dark'] as const;

/** What of the page needs scrolling sideways, is cut off, or lies one over the other in the bar; terminals, tables, code and drawings scroll in themselves. */
const misfits = (page: Page) => page.evaluate(() => {
  const scrolls = (element: Element | null): boolean => element !== null && (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
  const wide = [...document.querySelectorAll('body *')].filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && (right > innerWidth + 1 || left < -1) && element.checkVisibility() && !scrolls(element.parentElement) && !element.matches('.skip');
  });
  const cut = [...document.querySelectorAll('body *')].filter((element) =>
    element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === 'hidden' && element.checkVisibility() && !element.closest('.terminal'));
  const bar = [...document.querySelectorAll('.top > *')].map((element) => element.getBoundingClientRect()).filter(({ width }) => width > 0);
  const over = bar.some((one, index) => bar.slice(index + 1).some((other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom));
  return [
    ...(document.documentElement.scrollWidth > innerWidth ? [`scrolls ${document.documentElement.scrollWidth - innerWidth} px sideways`] : []),
    ...(over ? ['the bar has one thing over the other'] : []),
    ...cut.map((element) => `cut off: ${element.outerHTML.slice(0, 100)}`),
    ...wide.map((element) => `too wide: ${element.outerHTML.slice(0, 100)}`),
  ];
});

/** Both themes of the page as it is now. */
async function audit(page: Page, where: string): Promise<void> {
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme });
    expect.soft(await findings(page), `${where}, ${colorScheme}`).toEqual([]);
  }
}

test('axe finds nothing on any page in either theme, and each fits a phone at 200 %', async ({ page, site }) => {
  test.setTimeout(600_000);
  expect(pages).toContain(LAB);
  for (const path of pages) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(site.url + path);
    await audit(page, path);
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      expect.soft(await fadedLetters(page), `diagrams of ${path}, ${colorScheme}`).toEqual([]);
    }
    // 320 is WCAG's reflow, 640 a desk at 200 %, 195 a phone of 390 at 200 %.
    for (const [width, height] of [[640, 400], [390, 844], [320, 256], [195, 422]] as const) {
      await page.setViewportSize({ width, height });
      expect.soft(await misfits(page), `${path} at ${width} px`).toEqual([]);
    }
  }
});

test('axe finds nothing in a lab at work, whatever is open', async ({ page, site }) => {
  test.setTimeout(600_000);
  await page.goto(`${site.url}node/`);
  await page.locator('.term').first().click();
  await expect(page.locator('.meaning:popover-open')).toHaveCount(1);
  await audit(page, 'a term');
  await page.goto(site.url + LAB);
  await page.getByRole('button', { name: 'Contents' }).click();
  await audit(page, 'the contents');
  await page.keyboard.press('Escape');

  await boot(page);
  await expect(page.locator('lab-work')).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
  await audit(page, 'the machine running');
  await page.getByRole('button', { name: 'Screen reader' }).click();
  await page.locator('.xterm-helper-textarea').focus();
  await run(page, 'ls --color=always -l /sys/fs/cgroup | head -5');
  const step = page.locator('lab-step').first();
  await step.locator('.hints > summary').click();
  await step.locator('.solution > summary').click();
  await step.locator('[data-field]').first().fill('no such thing');
  await step.locator('[data-check]').click();
  await expect(step.locator('[data-verdict]')).toHaveAttribute('data-kind', 'fail');
  await page.getByRole('button', { name: 'X-ray' }).click();
  await page.getByRole('textbox', { name: /Walk the page tables/ }).fill('c0100000');
  await page.getByRole('button', { name: 'Walk' }).click();
  await expect(page.locator('machine-xray li').first()).toBeVisible();
  await audit(page, 'X-ray, a verdict, hints and a solution');
  await page.getByRole('button', { name: 'X-ray' }).click();
  await page.getByRole('button', { name: 'Checkpoints' }).click();
  await expect(page.locator('.checkpoints li').first()).toBeVisible({ timeout: 60_000 });
  await audit(page, 'checkpoints');

  await test.step('all of it fits a phone at 200 %', async () => {
    await page.setViewportSize({ width: 195, height: 422 });
    expect(await misfits(page), 'with checkpoints').toEqual([]);
    await page.getByRole('button', { name: 'Checkpoints' }).click();
    await page.getByRole('button', { name: 'X-ray' }).click();
    expect(await misfits(page), 'with X-ray').toEqual([]);
    await audit(page, 'a phone at 200 %');
    await page.getByRole('button', { name: 'X-ray' }).click();
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox').fill('module');
  await expect(page.locator('site-search li').first()).toBeVisible();
  await audit(page, 'the search');
  await page.setViewportSize({ width: 195, height: 422 });
  expect(await misfits(page), 'the search').toEqual([]);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(page.locator('.rail [data-stage="bootloader"]')).toHaveAttribute('data-state', /^(now|rests|done)$/, { timeout: 120_000 });
  await audit(page, 'the rail of a boot');
});

test('axe finds nothing in a machine at the foot of a page, in the offline panel, nor in a machine that failed', async ({ page, site }) => {
  await page.goto(`${site.url}kernel/`);
  await page.locator('[data-session]').first().scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: /^Run in the machine/ }).first().click();
  await expect(page.locator('.dock boot-machine')).toHaveAttribute('data-state', 'ready', { timeout: 90_000 });
  await expect(page.locator('.session [role="status"]').first()).toHaveText('Typed; the machine\'s prompt is back.', { timeout: 90_000 });
  await audit(page, 'the dock');
  for (const [width, height] of [[320, 256], [195, 422]] as const) {
    await page.setViewportSize({ width, height });
    expect(await misfits(page), `the dock at ${width} px`).toEqual([]);
  }

  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${site.url}offline/`);
  await page.getByRole('button', { name: 'Show what it takes and what is stored' }).click();
  await expect(page.locator('[data-size-disk]')).toHaveText(/MB/);
  await audit(page, 'the offline panel');
  await page.setViewportSize({ width: 195, height: 422 });
  expect(await misfits(page), 'the offline panel').toEqual([]);

  const back = site.misbehave(/\.wasm/, 'missing');
  await page.goto(site.url);
  await page.locator('[data-boot]').click();
  await expect(page.locator('boot-machine')).toHaveAttribute('data-state', 'failed', { timeout: 90_000 });
  await audit(page, 'a failure');
  back();
});
