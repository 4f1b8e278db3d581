import type { Page } from 'playwright/test';
import { expect } from './fixtures.ts';

export const panel = (page: Page) => page.locator('offline-course');
export const said = (page: Page) => panel(page).locator('[data-said]');

/** Opens the panel, and waits for its figures. */
export async function openPanel(page: Page, site: string): Promise<void> {
  await page.goto(`${site}offline/`);
  const button = page.getByRole('button', { name: 'Show what it takes' });
  // Whoever has taken the course offline before finds the panel open.
  if (await page.evaluate(() => localStorage.getItem('bootable:offline') !== '1')) await button.click();
  await expect(panel(page)).toHaveAttribute('data-state', /^(none|partial|damaged|outdated|stored)$/);
}

export const choose = (page: Page, what: 'whole' | 'part') => page.locator(`offline-course input[value="${what}"]`).check();

/** Fetches what is chosen to its end. */
export async function take(page: Page, what: 'whole' | 'part'): Promise<void> {
  await choose(page, what);
  await panel(page).locator('[data-take]').click();
  await expect(panel(page)).toHaveAttribute('data-state', 'stored', { timeout: 180_000 });
}

/** The record that says which version is served. */
export const standing = (page: Page) => page.evaluate(async () => {
  const answer = await (await caches.open('bootable-offline-1 /')).match('/bootable-offline/standing');
  const record = await answer?.json() as { served: { id: string }; whole: boolean; older: { id: string }[] } | undefined;
  return record && { served: record.served.id, whole: record.whole, older: record.older.length };
});
