import { join } from 'node:path';
import type { Act } from '../src/lab/act.ts';
import type { Lab } from '../src/lab/lab.ts';
import type { WrongAttempt } from '../src/lab/step.ts';
import { REST_WORDS } from '../src/lab/rest.ts';
import { coursePages } from '../src/proof/course-page.ts';
import { boot, expect, LAB, run, test } from './fixtures.ts';

// Every lab folder is a test here, by existing: what the proof does to the machine, done once more to the page. LABS names the
// labs of this run, by id and parted by commas; without it all are done. The evidence lab is done in Firefox too.
const root = join(import.meta.dirname, '..');
const labs = coursePages(root).filter(({ kind }) => kind === 'lab');
const chosen = process.env['LABS']?.split(',');
const everywhere = process.env['LABS_IN_FIREFOX'] === 'all';

const isLine = (act: Act): act is string => typeof act === 'string' && act.length < 45;

/**
 * An attempt that can be made at the page: words for the fields, and lines that stand on one row of the screen. In a lab that
 * starts cold nothing is typed: the way back from it is a checkpoint, which has a test of its own.
 */
const byHand = (lab: Lab) => ({ type = [], undo = [], enter = {} }: WrongAttempt): boolean =>
  [...type, ...undo].every(isLine) && (lab.start === 'snapshot' || type.length === 0) && Object.values(enter).every((entry) => typeof entry === 'string');

for (const { id, lab: load } of labs) {
  if (chosen && !chosen.includes(id)) continue;
  test(`the lab ${id}: each step fails with a hint, then passes by its solution`, { tag: `${id}/` === LAB || everywhere ? '@firefox' : '@chromium' }, async ({ page, site }) => {
    test.setTimeout(1_200_000);
    const lab = await load();
    await page.goto(`${site.url}${id}/`);
    await boot(page);
    const work = page.locator('lab-work');
    await expect(work).toHaveAttribute('data-state', 'ready', { timeout: 120_000 });
    if (lab?.start === 'cold') {
      const { rest = 'shell' } = lab;
      if (rest === 'shell') await expect(page.locator('.rail [data-stage="login"]')).toHaveAttribute('data-state', 'done', { timeout: 300_000 });
      else await expect(page.locator('.rail')).toContainText(REST_WORDS[rest], { timeout: 300_000 });
    }

    for (const step of lab?.steps ?? []) {
      await test.step(step.id, async () => {
        const element = page.locator(`#step-${step.id}`);
        const verdict = element.locator('[data-verdict]');
        await expect(element).toHaveAttribute('data-state', 'open');
        const wrong = lab && step.wrong.find(byHand(lab));
        if (wrong?.type) await page.locator('.xterm-helper-textarea').focus();
        for (const line of wrong?.type?.filter(isLine) ?? []) await run(page, line);
        for (const [field, entry] of Object.entries(wrong?.enter ?? {})) {
          const control = element.locator(`[data-field="${field}"]`);
          if (await control.evaluate((node) => node.matches('fieldset'))) await control.locator(`input[value="${String(entry)}"]`).check();
          else await control.fill(String(entry));
        }
        await element.locator('[data-check]').click();
        await expect(verdict).toHaveAttribute('data-kind', 'fail', { timeout: 60_000 });
        if (wrong) await expect(verdict).toContainText(wrong.hint);
        await expect(element).toHaveAttribute('data-state', 'open');
        if (wrong?.undo) await page.locator('.xterm-helper-textarea').focus();
        for (const line of wrong?.undo?.filter(isLine) ?? []) await run(page, line);

        await element.locator('.solution > summary').click();
        await element.locator('[data-type-in]').click();
        await expect(element).toHaveAttribute('data-state', 'passed', { timeout: 300_000 });
      });
    }
    await expect(work).toHaveAttribute('data-passed', String(lab?.steps.length));
    await expect(page.getByText('Every step is proven.')).toBeVisible();
  });
}
