import { expect, LAB, test } from './fixtures.ts';

test('a question is answered by keyboard, explained, tried again, and kept', async ({ page, site }) => {
  await page.goto(`${site.url}node/`);
  const question = page.locator('quiz-question').first();
  const options = question.locator('.option');
  await question.locator('input').first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await expect(question.getByRole('button', { name: 'Answer' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question).toHaveAttribute('data-answered', 'wrong');
  await expect(question.getByRole('status')).toHaveText('Not this: read why, and choose again.');
  await expect(question.locator('.because:visible')).toHaveCount(1);
  await expect(options.first().locator('.because')).toContainText(/^No\. /);

  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowDown');
  await expect(question.locator('.because:visible')).toHaveCount(0);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(question).toHaveAttribute('data-answered', 'right');
  await expect(question.locator('.because:visible')).toHaveCount(await options.count());

  await page.reload();
  await expect(question).toHaveAttribute('data-answered', 'right');
  await expect(options.nth(1).locator('input')).toBeChecked();
});

test('a prediction stands before its experiment, and nothing chosen is no answer', async ({ page, site }) => {
  await page.goto(site.url + LAB);
  const prediction = page.locator('quiz-question');
  await prediction.getByRole('button', { name: 'Answer' }).click();
  await expect(prediction.getByRole('status')).toHaveText('Choose an answer first.');
});

test('without a script the answers can be read', async ({ browser, site }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${site.url}node/`);
  const question = page.locator('quiz-question').first();
  await expect(question.getByRole('button')).toBeHidden();
  await question.getByText('Answers').click();
  await expect(question.locator('details li')).toHaveCount(await question.locator('.option').count());
  await context.close();
});

test('a question answered wrong comes back until it is answered right at a second sight', async ({ page, site }) => {
  await page.goto(`${site.url}again/`);
  await expect(page.getByText('No question waits for you.')).toBeVisible();
  await expect(page.locator('quiz-question:visible')).toHaveCount(0);

  await page.goto(`${site.url}node/`);
  const asked = page.locator('quiz-question[data-returns]').first();
  const text = await asked.locator('legend').textContent();
  const right = asked.locator('.option[data-right] input');
  await asked.locator('.option:not([data-right]) input').first().check();
  await asked.getByRole('button', { name: 'Answer' }).click();
  await expect(asked).toHaveAttribute('data-answered', 'wrong');
  await right.check();
  await asked.getByRole('button', { name: 'Answer' }).click();
  await expect(asked).toHaveAttribute('data-answered', 'right');

  await page.goto(`${site.url}again/`);
  const again = page.locator('quiz-question:visible');
  await expect(again).toHaveCount(1);
  await expect(again.locator('legend')).toHaveText(text ?? '');
  await expect(again.locator('input:checked')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Questions to see again 1' })).toBeVisible();
  await again.locator('.option[data-right] input').check();
  await again.getByRole('button', { name: 'Answer' }).click();
  await expect(again.locator('.because:visible')).toHaveCount(await again.locator('.option').count());
  await page.reload();
  await expect(page.getByText('No question waits for you.')).toBeVisible();
  await expect(page.getByRole('link', { name: /^Questions to see again/ })).toHaveText(/^Questions to see again\s*$/);
});
