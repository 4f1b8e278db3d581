import type { Page } from 'playwright/test';
import { boot, expect, LAB, ready, rows, run, screen, test } from './fixtures.ts';

const machine = (page: Page) => page.locator('boot-machine');
const status = (page: Page) => page.locator('[data-status]');
const terminal = (page: Page) => page.locator('.xterm-helper-textarea');
const PROMPT = /^root@node-1:~#\s*$/;

/** Says to the page that its tab is hidden or in front, as the browser does. */
const tab = (page: Page, state: 'hidden' | 'visible') => page.evaluate((value) => {
  Object.defineProperty(document, 'visibilityState', { value, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}, state);

test('the terminal pastes as a terminal does', async ({ page, site, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(site.url);
  await boot(page);
  const copy = (text: string) => page.evaluate((words) => navigator.clipboard.writeText(words), text);
  const asked: string[] = [];
  let answer = false;
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void (answer ? dialog.accept() : dialog.dismiss());
  });

  await test.step('lines at the shell wait for Enter', async () => {
    await copy('echo one$((1+1))\necho three$((3+1))');
    await page.keyboard.press('Control+Shift+V');
    await expect(screen(page)).toContainText('echo three$((3+1))');
    await expect(screen(page)).not.toContainText('one2');
    await page.keyboard.press('Enter');
    await expect(rows(page).filter({ hasText: /^one2/ })).toHaveCount(1);
    await expect(rows(page).filter({ hasText: /^three4/ })).toHaveCount(1);
    expect(asked).toEqual([]);
  });

  await test.step('what is selected is copied, with Shift too, and then Ctrl+C interrupts again', async () => {
    const box = await rows(page).filter({ hasText: /^three4/ }).boundingBox();
    await page.mouse.dblclick((box?.x ?? 0) + 20, (box?.y ?? 0) + 8);
    await page.keyboard.press('Control+Shift+C');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('three4');
    await page.keyboard.type('half a li');
    await page.keyboard.press('Control+C');
    await expect(rows(page).filter({ hasText: PROMPT })).toHaveCount(1);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('three4');
  });

  await test.step('an escape sequence in a clipboard is no way out of the paste', async () => {
    await copy('echo safe\x1b[201~\necho danger$((6*7))\n');
    await page.keyboard.press('Control+V');
    await expect(screen(page)).toContainText('safe[201~');
    await expect(screen(page)).not.toContainText('danger42');
    await page.keyboard.press('Control+C');
  });

  await test.step('where each line runs at once, lines are asked about', async () => {
    await page.keyboard.type("echo read''ing; cat\n");
    await expect(rows(page).filter({ hasText: /^reading/ })).toHaveCount(1);
    await copy('first line\nsecond line\n');
    await page.keyboard.press('Control+V');
    await expect.poll(() => asked.length).toBe(1);
    expect(asked[0]).toMatch(/^Paste 2 lines\?/);
    answer = true;
    await page.keyboard.press('Control+V');
    await expect(rows(page).filter({ hasText: /^second line/ })).toHaveCount(2);
    await page.keyboard.press('Control+C');
    await expect(rows(page).filter({ hasText: PROMPT })).toHaveCount(1);
  });

  await test.step('a long paste arrives whole', async () => {
    const lines = Array.from({ length: 1500 }, (_, index) => `line ${index} of a file that is pasted`);
    await page.keyboard.type("echo wait''ing; cat >/root/pasted\n");
    await expect(rows(page).filter({ hasText: /^waiting/ })).toHaveCount(1);
    await copy(`${lines.join('\n')}\n`);
    await page.keyboard.press('Control+V');
    await expect(rows(page).filter({ hasText: /^line 1499 of/ })).toHaveCount(1, { timeout: 60_000 });
    await page.keyboard.press('Control+D');
    await expect(rows(page).filter({ hasText: PROMPT })).toHaveCount(1);
    expect(await run(page, 'wc -lc </root/pasted')).toEqual([expect.stringMatching(new RegExp(`^\\s*1500\\s+${lines.join('\n').length + 1}$`))]);
  });

  await test.step('a paste that no key made, as from the menu or the middle button, arrives too', async () => {
    await terminal(page).focus();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'echo from the mou""se');
      document.querySelector('.xterm-helper-textarea')?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    await page.keyboard.press('Enter');
    await expect(rows(page).filter({ hasText: /^from the mouse/ })).toHaveCount(1);
  });
});

test('the type has the size that its reader chose, and the terminal all of the window', async ({ page, site }) => {
  await page.goto(site.url + LAB);
  await boot(page);
  await expect(page.locator('lab-work')).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
  const lines = await rows(page).count();

  await test.step('larger type gives fewer lines, and the guest knows', async () => {
    for (let presses = 0; presses < 4; presses++) await page.getByRole('button', { name: 'Larger type in the terminal' }).click();
    await expect.poll(() => rows(page).count()).toBeLessThan(lines);
    await terminal(page).focus();
    expect((await run(page, 'stty size')).join()).toMatch(new RegExp(`^${await rows(page).count()} `));
  });

  await test.step('the window is the terminal\'s, Esc is the guest\'s, and the way back is a button', async () => {
    await page.getByRole('button', { name: 'Full window' }).click();
    const box = await machine(page).boundingBox();
    expect([box?.x, box?.y, box?.width, box?.height]).toEqual([0, 0, 1280, 800]);
    expect(await page.evaluate(() => document.elementFromPoint(40, 10)?.closest('boot-machine') !== null)).toBe(true);
    await expect(terminal(page)).toBeFocused();
    await page.keyboard.type("stty -echo; echo read''ing; head -c 1 | od -An -tu1; stty echo\n");
    await expect(rows(page).filter({ hasText: /^reading/ })).toHaveCount(1);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await expect(rows(page).filter({ hasText: /^\s+27\s*$/ })).toHaveCount(1);
    await expect(machine(page)).toHaveAttribute('data-full', '');
    expect(await page.locator('main').evaluate((main) => (main as HTMLElement).inert)).toBe(true);
    await page.keyboard.press('F6');
    await expect(page.locator('[data-tools] button').first()).toBeFocused();
    await page.getByRole('button', { name: 'Back to the page' }).click();
    await expect(machine(page)).not.toHaveAttribute('data-full');
    expect(await page.locator('main').evaluate((main) => (main as HTMLElement).inert)).toBe(false);
  });

  await test.step('the border moves by keyboard, and all of it is there after a reload', async () => {
    const border = page.getByRole('separator', { name: 'Width of the terminal' });
    await border.focus();
    await expect(border).toHaveAttribute('aria-valuemax', '70');
    await page.keyboard.press('Home');
    await expect.poll(async () => (await page.locator('.work').boundingBox())?.width).toBe(320);
    await page.keyboard.press('ArrowLeft');
    const width = (await page.locator('.work').boundingBox())?.width;
    expect(width).toBe(344);
    await page.reload();
    await expect.poll(async () => (await page.locator('.work').boundingBox())?.width).toBe(width);
    await boot(page);
    const size = await page.locator('.xterm-rows').evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    expect(size).toBeGreaterThan(13);
  });
});

test('a hidden tab\'s machine stands still once it waits for its reader, and only then', async ({ page, site }) => {
  await page.clock.install();
  await page.goto(site.url);
  await boot(page);
  await run(page, 'echo re""ady');

  await test.step('a program that has the console goes on', async () => {
    await page.keyboard.type("echo be''gun; cat; echo e''nded\n");
    await expect(rows(page).filter({ hasText: /^begun/ })).toHaveCount(1);
    await tab(page, 'hidden');
    await page.clock.fastForward(61_000);
    await page.clock.fastForward(61_000);
    await expect(machine(page)).not.toHaveAttribute('data-paused');
    await tab(page, 'visible');
    await page.keyboard.press('Control+D');
    await expect(rows(page).filter({ hasText: /^ended/ })).toHaveCount(1);
    await expect(rows(page).filter({ hasText: PROMPT })).toHaveCount(1);
  });

  await test.step('at its prompt it is paused, and on again with the reader, its clock right', async () => {
    await tab(page, 'hidden');
    await page.clock.fastForward(61_000);
    await expect(machine(page)).toHaveAttribute('data-paused', '');
    await page.clock.fastForward('47:00');
    await tab(page, 'visible');
    await expect(machine(page)).not.toHaveAttribute('data-paused');
    await expect(status(page)).toContainText(/stood still for 47 minutes while this tab was hidden/);
    const host = await page.evaluate(() => Date.now() / 1000);
    const guest = Number((await run(page, 'date +%s')).join());
    expect(Math.abs(guest - host)).toBeLessThan(60);
  });

  await test.step('a laptop that slept for an hour is told, and the guest\'s clock is right', async () => {
    await page.clock.setSystemTime(await page.evaluate(() => Date.now() + 3_600_000));
    await page.keyboard.type(' ');
    await expect(status(page)).toContainText('The computer slept');
    // Not Ctrl+C: the kernel then drops what waits to be printed, and that can be the new prompt.
    await page.keyboard.press('Backspace');
    const host = await page.evaluate(() => Date.now() / 1000);
    const guest = Number((await run(page, 'date  +%s')).join());
    expect(Math.abs(guest - host)).toBeLessThan(60);
  });

  await test.step('a clock that is set back leaves the machine as it is', async () => {
    await page.clock.setSystemTime(await page.evaluate(() => Date.now() - 86_400_000));
    expect(await run(page, 'echo al""ive')).toEqual(['alive']);
  });
});

test('on a phone the keys that its keyboard lacks are there, and a press of Run leads to the machine and back', async ({ browser, site }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, ...(browser.browserType().name() === 'chromium' && { isMobile: true }) });
  const page = await context.newPage();
  await page.goto(`${site.url}orientation/know-your-machine/`);
  await page.locator('[data-session]').first().scrollIntoViewIfNeeded();
  const first = page.locator('.session').first();
  await first.scrollIntoViewIfNeeded();
  await first.getByRole('button', { name: /^Run in the machine/ }).tap();
  await ready(page);
  await expect(first.getByRole('status')).toHaveText('Typed; the machine\'s prompt is back.', { timeout: 90_000 });
  await expect(page).toHaveURL(/#work$/);
  await expect(page.locator('.xterm-rows')).toBeInViewport();
  for (const name of ['Ctrl, for the next key', 'Tab', 'Esc', 'Up arrow', 'Down arrow', 'Left arrow', 'Right arrow', 'Vertical bar']) {
    const key = page.getByRole('group', { name: 'Keys for the terminal' }).getByRole('button', { name, exact: true });
    const box = await key.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0), name).toBeGreaterThanOrEqual(24);
  }
  await terminal(page).focus();
  await page.keyboard.type('echo a b ');
  await page.getByRole('button', { name: 'Vertical bar' }).tap();
  await page.keyboard.type(' wc -w');
  await page.keyboard.press('Enter');
  await expect(rows(page).filter({ hasText: /^2/ })).toHaveCount(1);
  await page.getByRole('button', { name: 'Up arrow' }).tap();
  await expect(rows(page).filter({ hasText: /echo a b \| wc -w/ })).toHaveCount(2);
  await page.keyboard.press('Enter');
  await expect(rows(page).filter({ hasText: /^2/ })).toHaveCount(2);
  await page.keyboard.type("echo read''ing; cat\n");
  await expect(rows(page).filter({ hasText: /^reading/ })).toHaveCount(1);
  await page.getByRole('button', { name: 'Ctrl, for the next key' }).tap();
  await page.keyboard.type('c');
  await expect(rows(page).filter({ hasText: PROMPT })).toHaveCount(1);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.goBack();
  await expect(first).toBeInViewport();
  await context.close();
});
