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
  await expect(question.locator('details li')).toHaveCount(3);
  await context.close();
});
