import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { coursePages } from '../src/proof/course-page.ts';
import { boot, expect, ready, rows, run, test } from './fixtures.ts';
import { focus, tabTo } from './keyboard.ts';

const SHORT = 'orientation/know-your-machine/';
const short = coursePages(join(import.meta.dirname, '..')).find(({ id }) => `${id}/` === SHORT);

/** Goes once through what takes the focus, out of the terminal by F6, backwards by Shift+F6; what was wrong on the way, and how many places there were. */
async function walk(page: Page, key: 'Tab' | 'Shift+Tab'): Promise<{ trouble: string[]; places: number }> {
  const seen = new Set<string>();
  const trouble: string[] = [];
  for (let presses = 0; presses < 400; presses++) {
    await page.keyboard.press(key);
    const found = await focus(page);
    if (found.at === undefined || seen.has(found.at)) {
      if (seen.size > 0) return { trouble, places: seen.size };
      continue;
    }
    seen.add(found.at);
    if (found.trouble) trouble.push(`${found.at} ${found.trouble}`);
    if (found.inTerminal) await page.keyboard.press(key === 'Tab' ? 'F6' : 'Shift+F6');
  }
  throw new Error(`400 times ${key}, and there is still something new: ${[...seen].slice(-3).join(' | ')}`);
}

/** Types lines at the shell without looking at how they wrap, and does not wait for what they print. */
async function typeLines(page: Page, lines: readonly string[]): Promise<void> {
  for (const line of lines) await page.keyboard.type(`${line}\n`);
}

test('a whole lab by keyboard alone: from the address bar, into the terminal and out of it, to the last step', async ({ page, site }) => {
  test.setTimeout(420_000);
  const passed = (id: string) => expect(page.locator(`#step-${id}`)).toHaveAttribute('data-state', 'passed', { timeout: 60_000 });
  const lab = await short?.lab();
  const lines = (id: string) => lab?.steps.find((step) => step.id === id)?.solution.type?.map(String) ?? [];
  await page.goto(site.url + SHORT);

  await test.step('from the address bar to the prompt', async () => {
    await page.keyboard.press('Tab');
    await expect(page.getByText('Skip to the text')).toBeFocused();
    await expect(page.getByText('Skip to the text')).toBeInViewport();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await tabTo(page, '[data-boot]');
    await page.keyboard.press('Space');
    await ready(page);
    await expect(page.locator('lab-work')).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
    await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
  });

  await test.step('Tab is the shell\'s, and the way out is written there', async () => {
    await page.keyboard.type('echo /etc/hostn');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(rows(page).filter({ hasText: /^\/etc\/hostname/ })).toHaveCount(1);
    await expect(page.getByText('leads out of the terminal and back')).toBeInViewport();
    await expect(page.getByRole('textbox', { name: /F6 leaves it/ })).toBeFocused();
  });

  await test.step('a step that is done in the machine', async () => {
    await typeLines(page, lines('machine'));
    await expect(rows(page).filter({ hasText: /"unexplained": "tsc=reliable"\s*$/ })).toHaveCount(1);
  });

  await test.step('out of the terminal to its check; the buttons of the machine are one key away', async () => {
    await page.keyboard.press('Shift+F6');
    await expect(page.getByRole('button', { name: 'Pause' })).toBeFocused();
    await page.keyboard.press('F6');
    await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
    await page.keyboard.press('F6');
    await expect(page.locator('.steps a').first()).toBeFocused();
    await page.keyboard.press('Enter');
    await tabTo(page, '#step-machine [data-check]');
    await page.keyboard.press('Enter');
    await passed('machine');
  });

  await test.step('a prediction, wrong and then right', async () => {
    await tabTo(page, 'quiz-question input');
    await page.keyboard.press('Space');
    await tabTo(page, 'quiz-question [data-answer]');
    await page.keyboard.press('Enter');
    const result = page.locator('quiz-question').getByRole('status');
    await expect(result).toContainText('Not this');
    await tabTo(page, 'quiz-question input', 'Shift+Tab');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, 'quiz-question [data-answer]');
    await page.keyboard.press('Enter');
    await expect(result).toHaveText('Right.');
  });

  await test.step('a step with choices and fields, after a look at the note', async () => {
    await page.keyboard.press('F6');
    await typeLines(page, ['clear; cat /root/handover.txt']);
    await expect(rows(page).filter({ hasText: /^[A-F]: / })).toHaveCount(6);
    const claims = (await rows(page).filter({ hasText: /^[A-F]: / }).allTextContents()).map((row) => row.replaceAll('\u00a0', ' '));
    await page.keyboard.press('F6');
    await expect(page.locator('quiz-question [data-answer]'), 'back where the reader came from').toBeFocused();
    for (const claim of claims) {
      const sort = /because/.test(claim) ? 2 : /rack/.test(claim) ? 3 : /processors|read-only/.test(claim) ? 1 : 0;
      await tabTo(page, `[data-field="claim-${claim.slice(0, 1).toLowerCase()}"] input`);
      await page.keyboard.press('Space');
      for (let presses = 0; presses < sort; presses++) await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Tab');
    await page.keyboard.type('nproc');
    await page.keyboard.press('Tab');
    await page.keyboard.type('findmnt -no OPTIONS /');
    await page.keyboard.press('Tab');
    await expect(page.locator('#step-handover [data-check]')).toBeFocused();
    await page.keyboard.press('Space');
    await passed('handover');
    await expect(page.locator('#step-handover').getByRole('status')).toContainText('Proven.');
  });

  await test.step('the last step, and the report', async () => {
    await page.keyboard.press('F6');
    const [look = '', ...change] = lines('change');
    const value = (await run(page, look)).join();
    expect(value).toMatch(/^\d+$/);
    await typeLines(page, change);
    await expect(rows(page).filter({ hasText: /^vm\.swappiness = \d+\s*$/ })).toHaveCount(2);
    await page.keyboard.press('F6');
    await tabTo(page, '[data-field="before"]');
    await page.keyboard.type(value);
    await page.keyboard.press('Tab');
    await page.keyboard.type(`sysctl -w vm.swappiness=${value}`);
    await page.keyboard.press('Enter');
    await passed('change');
    await tabTo(page, '.xterm-helper-textarea');
    await page.keyboard.press('F6');
    await expect(page.locator('.steps a').first(), 'who comes by Tab goes on, not back').toBeFocused();
    await tabTo(page, '[data-report]');
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(file.suggestedFilename()).toMatch(/\.md$/);
  });
});

test('the focus is seen wherever it goes, and nothing covers it', async ({ page, site }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' }); // what scrolls there is there at once
  await page.goto(site.url + SHORT);
  await boot(page);
  await expect(page.locator('lab-work')).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Screen reader' }).click();
  await page.keyboard.press('F6');
  for (const key of ['Tab', 'Shift+Tab'] as const) {
    await page.locator('.skip').first().focus();
    const { trouble, places } = await walk(page, key);
    expect.soft(trouble, `${key} through the lab`).toEqual([]);
    expect(places, key).toBeGreaterThan(40);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  for (const key of ['Tab', 'Shift+Tab'] as const) {
    await page.locator('.skip').first().focus();
    expect.soft((await walk(page, key)).trouble, `${key} on a phone`).toEqual([]);
  }
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.goto(site.url);
  await boot(page);
  await page.keyboard.press('F6');
  await page.keyboard.press('F6');
  await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
  await page.keyboard.press('Shift+F6');
  await tabTo(page, '.xterm-helper-textarea');
  await page.keyboard.press('F6');
  await expect(page.locator('.live')).toBeFocused(); // what the test has switched on stays on
  await page.keyboard.press('Tab');
  await expect(page.locator('.course a').first()).toBeFocused();

  await page.goto(`${site.url}kernel/`);
  await page.locator('[data-session]').first().scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: /^Run in the machine/ }).first().click();
  await expect(page.locator('.session [role="status"]').first()).toHaveText('Typed; the machine\'s prompt is back.', { timeout: 90_000 });
  for (const key of ['Tab', 'Shift+Tab'] as const) {
    await page.locator('.skip').first().focus();
    const { trouble, places } = await walk(page, key);
    expect.soft(trouble, `${key} past the machine at the foot`).toEqual([]);
    expect(places, key).toBeGreaterThan(40);
  }
});
