import type { Page } from 'playwright/test';
import { fadedLetters } from './axe.ts';
import { boot, expect, LAB, run, test } from './fixtures.ts';

const style = (page: Page, selector: string, property: string, pseudo?: string) =>
  page.locator(selector).first().evaluate((element, [name = '', part]) => getComputedStyle(element, part).getPropertyValue(name), [property, pseudo] as const);

test('in the reader\'s own colours nothing that means something is lost', async ({ page, site }) => {
  test.setTimeout(420_000);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    await page.goto(`${site.url}boot/`);
    await page.evaluate((theme) => { document.documentElement.dataset['theme'] = theme; }, colorScheme === 'light' ? 'dark' : 'light'); // chosen here, and overruled there
    expect(await fadedLetters(page), colorScheme).toEqual([]);
    const paper = await style(page, 'body', 'background-color');
    expect(await page.locator('.drawing .edge path').evaluateAll((lines) => lines.map((line) => getComputedStyle(line).stroke))).not.toContain(paper);
    expect(await style(page, '.side a[aria-current]', 'border-left-color')).not.toBe(await style(page, '.side a:not([aria-current])', 'border-left-color'));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await style(page, ':focus-visible', 'outline-style')).not.toBe('none');
  }

  await page.goto(site.url + LAB);
  await boot(page);
  await expect(page.locator('lab-work')).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Screen reader' }).click();
  await expect(page.locator('.live')).toBeVisible();
  expect(await style(page, '[data-do="reader"]', 'content', '::before')).toContain('✓');
  await page.locator('.xterm-helper-textarea').focus();
  await run(page, 'printf "\\033[7mchosen\\033[0m\\n"');
  const chosen = page.locator('.xterm-rows span', { hasText: /^chosen$/ });
  const [back, ink] = await chosen.evaluate((element) => [getComputedStyle(element).backgroundColor, getComputedStyle(element).color]);
  const screen = await style(page, '.xterm-viewport, .xterm-scrollable-element', 'background-color');
  expect([back === screen, back === ink], 'what a program marks stands out').toEqual([false, false]);
  await page.locator('panel-split').focus();
  expect(await style(page, 'panel-split', 'background-color')).not.toBe(await style(page, 'body', 'background-color'));

  await page.locator('lab-step .solution > summary').first().click();
  await page.locator('[data-type-in]').first().click();
  await expect(page.locator('lab-step').first()).toHaveAttribute('data-state', 'passed', { timeout: 90_000 });
  expect(await style(page, '.steps [data-state="passed"]', 'content', '::before')).toContain('✓');
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(page.locator('.rail [data-state="now"]')).toHaveCount(1);
  await expect(page.locator('.rail [data-stage="bootloader"]')).toHaveAttribute('data-state', /^(now|rests|done)$/, { timeout: 60_000 });
  const lines = await Promise.all(['.rail [data-state="done"]', '.rail [data-state="ahead"]', '.rail [data-state="now"], .rail [data-state="rests"]'].map((stage) => style(page, stage, 'border-top-style')));
  expect(new Set(lines).size, `the lines of stages: ${lines.join()}`).toBe(3);
});

test('whoever wants less motion sees none', async ({ page, site }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(site.url + LAB);
  expect(await style(page, 'html', 'scroll-behavior')).toBe('auto');
  await boot(page);
  await page.getByRole('button', { name: 'X-ray' }).click();
  await page.keyboard.press('/');
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  // Asked and answered in one step: a line that xterm replaced in between has no style at all.
  const moving = await page.evaluate(() => [...document.querySelectorAll('body *')].filter((element) => {
    const { animationName, transitionDuration } = getComputedStyle(element);
    return animationName !== 'none' || parseFloat(transitionDuration) > 0;
  }).map((element) => `${getComputedStyle(element).animation} ${getComputedStyle(element).transition} ${element.outerHTML.slice(0, 100)}`));
  expect(moving).toEqual([]);
});
