import type { Page } from 'playwright/test';
import { boot, expect, LAB, run, test } from './fixtures.ts';

const log = (page: Page) => page.getByRole('log', { name: 'What the machine prints' });
const toggle = (page: Page) => page.getByRole('button', { name: 'Screen reader' });

test('in screen reader mode the machine\'s output is said line by line, and the mode stays', async ({ page, site }) => {
  await page.goto(site.url);
  await boot(page);
  await expect(toggle(page)).toHaveAttribute('aria-pressed', 'false');
  await expect(log(page)).toHaveCount(0);
  await toggle(page).click();
  await expect(toggle(page)).toHaveAttribute('aria-pressed', 'true');
  await expect(log(page)).toHaveAttribute('aria-live', 'polite');
  await expect(log(page)).toHaveText('root@node-1:~#');
  // What a live region gives to a screen reader: each piece as it is added.
  await log(page).evaluate((element) => {
    const said: string[] = [];
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) said.push(...[...addedNodes].map((node) => node.textContent?.trim() ?? '').filter(Boolean));
    }).observe(element, { childList: true, subtree: true });
    Object.assign(window, { said });
  });
  const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
  await page.locator('.xterm-helper-textarea').focus();

  await test.step('a command, its output and the prompt, none of it letter by letter', async () => {
    await run(page, 'echo one; printf "\\033[31mtw\\033[0mo\\n"; echo three');
    await expect.poll(said).toEqual(['echo one; printf "\\033[31mtw\\033[0mo\\n"; echo three', 'one', 'two', 'three', 'root@node-1:~#']);
    await expect(log(page).locator('p').first()).toHaveText(/^root@node-1:~# echo one; .* three$/);
  });

  await test.step('a line that the screen wraps is one line', async () => {
    await run(page, 'seq -s " " 1 120');
    await expect.poll(said).toContain(Array.from({ length: 120 }, (_, index) => index + 1).join(' '));
  });

  await test.step('a question without an end of line', async () => {
    await page.keyboard.type('read -p "Your na""me? " x\n');
    await expect.poll(said).toContain('Your name?');
    await page.keyboard.type('me\n');
    await expect.poll(async () => (await said()).slice(-2)).toEqual(['me', 'root@node-1:~#']);
  });

  await test.step('what the shell completes', async () => {
    await page.keyboard.type('cat /etc/hostn');
    await page.keyboard.press('Tab');
    await expect.poll(said).toContain('cat /etc/hostname');
    await page.keyboard.press('Enter');
    await expect.poll(said).toContain('node-1');
  });

  await test.step('a flood is counted, and the page keeps its size', async () => {
    await page.keyboard.type('seq 1 5000\n');
    await expect.poll(async () => (await said()).includes('5000')).toBe(true);
    expect((await said()).filter((line) => /^\d+ lines left out here; Transcript has all of them\.$/.test(line))).not.toEqual([]);
    expect(await log(page).locator('p').count()).toBeLessThanOrEqual(200);
  });

  await test.step('the terminal itself says nothing, and its rows can be read one by one', async () => {
    expect(await page.locator('.terminal [aria-live]').evaluateAll((regions) => regions.map((region) => region.getAttribute('aria-live')))).toEqual(['off']);
    await expect(page.locator('.xterm-accessibility-tree [role="listitem"]').filter({ hasText: /^5000$/ })).toHaveCount(1);
  });

  await test.step('after a reload it is on again, and can be switched off', async () => {
    await page.goto(site.url + LAB);
    await boot(page);
    await expect(toggle(page)).toHaveAttribute('aria-pressed', 'true');
    await expect(log(page)).toContainText('root@node-1:~#');
    await toggle(page).click();
    await expect(log(page)).toBeHidden();
    await expect(page.locator('.xterm-accessibility')).toHaveCount(0);
    await page.reload();
    await boot(page);
    await expect(toggle(page)).toHaveAttribute('aria-pressed', 'false');
    await expect(log(page)).toHaveCount(0);
  });
});

test('what changes is announced: the machine\'s states, its failure, a verdict', async ({ page, site }) => {
  await page.goto(site.url + LAB);
  await page.evaluate(() => {
    const said: string[] = [];
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest('[role="status"], [role="alert"]');
        const words = region?.textContent?.trim();
        if (region?.checkVisibility() && words && said.at(-1) !== words) said.push(words);
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true, attributeFilter: ['hidden'] });
    Object.assign(window, { said });
  });
  const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
  await boot(page);
  await expect(page.locator('lab-work')).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
  expect(await said()).toEqual(expect.arrayContaining(['Loading', expect.stringMatching(/^Running, prompt after/)]));
  await page.locator('lab-step [data-check]').first().click();
  await expect.poll(said).toContainEqual(await page.locator('lab-step [data-verdict][data-kind]').first().textContent());
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect.poll(said).toContain('Paused');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(said).toContain('Booting');
});
