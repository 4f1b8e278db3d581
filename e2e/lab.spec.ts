import { readFile } from 'node:fs/promises';
import { boot, expect, LAB, ready, rows, run, screen, test } from './fixtures.ts';
import { tabTo } from './keyboard.ts';

test('a reader goes through the whole lab by keyboard, and it is all there after a reload', async ({ page, site }) => {
  test.setTimeout(420_000);
  await page.goto(site.url + LAB);
  const ids = await page.locator('lab-step').evaluateAll((steps) => steps.map((step) => (step as HTMLElement).dataset['step'] ?? ''));
  expect(ids.length).toBeGreaterThan(1);

  await tabTo(page, '.skip[href="#work"]');
  await page.keyboard.press('Enter');
  await tabTo(page, '[data-boot]');
  await page.keyboard.press('Enter');
  await ready(page);
  await expect(page.locator('lab-work')).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
  await expect(page.locator('[data-status]')).toHaveText(/^Running, prompt after \d+\.\d\d s$/);

  await test.step('the first step in the reader\'s own words', async () => {
    const release = (await run(page, 'uname -r')).join();
    expect(release).toMatch(/^6\.12\.\d+-bootable$/);
    const tokens = (await run(page, 'cat /proc/cmdline')).join('').split(/\s+/);
    const meaning = (token: string, index: number) => `${token}: it is number ${index + 1} on the line`;

    await page.keyboard.press('F6');
    await expect(page.locator('.steps a').first()).toBeFocused();
    await page.keyboard.press('Enter');
    await tabTo(page, '#step-kernel [data-field="release"]');
    await page.keyboard.type('6.8.0-45-generic');
    await page.keyboard.press('Enter');
    const verdict = page.locator('#step-kernel [data-verdict]');
    await expect(verdict).toHaveAttribute('data-kind', 'fail');
    await expect(verdict).toContainText('not from this machine');
    await expect(page.locator('#step-kernel')).toHaveAttribute('data-state', 'open');

    await page.keyboard.press('Control+A');
    await page.keyboard.type(release);
    await page.keyboard.press('Tab');
    await page.keyboard.type('uname -r');
    await page.keyboard.press('Tab');
    await page.keyboard.type(tokens.map(meaning).join('\n'));
    await tabTo(page, '#step-kernel [data-check]');
    await page.keyboard.press('Space');
    await expect(page.locator('#step-kernel')).toHaveAttribute('data-state', 'passed');
    await expect(verdict).toContainText(release);
  });

  for (const id of ids.slice(1)) {
    await test.step(`${id}: hints one by one, then the solution typed in`, async () => {
      const step = page.locator(`#step-${id}`);
      await tabTo(page, `#step-${id} .hints > summary`);
      await page.keyboard.press('Enter');
      await expect(step.locator('.hints > ol > li:visible')).toHaveCount(2);
      await tabTo(page, `#step-${id} .solution > summary`);
      await page.keyboard.press('Enter');
      await tabTo(page, `#step-${id} [data-type-in]`);
      await page.keyboard.press('Enter');
      await expect(step).toHaveAttribute('data-state', 'passed', { timeout: 90_000 });
    });
  }

  const panel = page.locator('lab-work');
  await expect(panel).toHaveAttribute('data-passed', String(ids.length));
  await page.getByRole('button', { name: 'Download the report' }).focus();
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  const report = await readFile(await file.path(), 'utf8');
  expect(file.suggestedFilename()).toBe('evidence-report.md');
  expect(report).toMatch(/^# The kernel evidence report$/m);
  expect(report).toMatch(/^- Kernel: `6\.12\.\d+-bootable`$/m);
  expect(report).toContain(`Shown: ${ids.length} of ${ids.length} parts`);
  expect(report).toMatch(/The running kernel is 6\.12\.\d+-bootable\.\s+Command: `uname -r`/);
  expect(report).toContain('## Open questions');

  const kept = await page.locator('[data-field="release"]').inputValue();
  await page.reload();
  await expect(panel).toHaveAttribute('data-passed', String(ids.length));
  await expect(page.locator('boot-machine')).toHaveAttribute('data-state', 'off');
  await expect(page.locator('[data-field="release"]')).toHaveValue(kept);
  await expect(page.locator(`[data-progress="${LAB.replace(/\/$/, '')}"]`).first()).toHaveText(`${ids.length} of ${ids.length} proven`);
  await page.getByRole('button', { name: 'Download the report' }).click();
  await expect(page.locator('[data-notice]')).toContainText('Boot it');
});

test('after an Enter in the console a finished step passes by itself, and an unfinished one is left in peace', async ({ page, site }) => {
  await page.goto(site.url + LAB);
  await boot(page);
  await expect(page.locator('lab-work')).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
  const release = (await run(page, 'uname -r')).join();
  const tokens = (await run(page, 'cat /proc/cmdline')).join('').split(/\s+/);
  const verdict = page.locator('#step-kernel [data-verdict]');
  await verdict.evaluate((element) => new MutationObserver(() => {
    if (element.matches('[data-kind="fail"]')) element.setAttribute('data-pestered', '');
  }).observe(element, { attributes: true }));

  await page.locator('[data-field="release"]').fill('6.8');
  await page.locator('[data-field="release-command"]').fill('uname -r');
  await page.locator('[data-field="tokens"]').fill(tokens.map((token, index) => `${token}: stands at place ${index + 1}`).join('\n'));
  await page.keyboard.press('F6');
  await run(page, 'true');
  await page.locator('[data-field="release"]').fill(release);
  await expect(page.locator('#step-kernel')).toHaveAttribute('data-state', 'open');
  await page.keyboard.press('F6');
  await run(page, 'echo done');
  await expect(page.locator('#step-kernel')).toHaveAttribute('data-state', 'passed');
  await expect(verdict).not.toHaveAttribute('data-pestered');
});

test('the terminal works as people expect of one', async ({ page, site, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(site.url);
  await boot(page);
  const terminal = page.locator('.xterm-helper-textarea');

  await test.step('it has the focus, fits its box, and the guest knows its size', async () => {
    await expect(terminal).toBeFocused();
    const box = await page.locator('[data-terminal]').boundingBox();
    const text = await screen(page).boundingBox();
    expect((text?.y ?? 0) + (text?.height ?? 0)).toBeLessThanOrEqual((box?.y ?? 0) + (box?.height ?? 0));
    const [high = 0, wide = 0] = (await run(page, 'stty size')).join().split(' ').map(Number);
    expect(high).toBe(await rows(page).count());
    await page.setViewportSize({ width: 800, height: 500 });
    await expect.poll(() => rows(page).count()).toBeLessThan(high);
    const [lower = 0, narrower = 0] = (await run(page, 'stty  size')).join().split(' ').map(Number);
    expect(lower).toBe(await rows(page).count());
    expect(narrower).toBeLessThan(wide);
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect.poll(() => rows(page).count()).toBe(high);
  });

  await test.step('Ctrl+C interrupts, and copies where there is a selection', async () => {
    // While the shell edits its line, a Return that is typed ahead is no end of line for cat: the first word shows that the shell is done.
    // cat gives each line back, so the second one shows that it is cat that will be interrupted.
    await page.keyboard.type('echo reading; cat\n');
    await expect(rows(page).filter({ hasText: /^reading/ })).toHaveCount(1);
    await page.keyboard.type('copy-me\n');
    const lines = rows(page).filter({ hasText: /^copy-me/ });
    await expect(lines).toHaveCount(2);
    await page.keyboard.press('Control+C');
    await expect(rows(page).filter({ hasText: /^root@node-1:~#\s*$/ })).toHaveCount(1);
    const box = await lines.first().boundingBox();
    await page.mouse.dblclick((box?.x ?? 0) + 20, (box?.y ?? 0) + 8);
    await page.keyboard.press('Control+C');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('copy-me');
  });

  await test.step('Ctrl+V pastes', async () => {
    await page.evaluate(() => navigator.clipboard.writeText('echo pasted $((6*7))'));
    await page.keyboard.press('Control+V');
    await page.keyboard.press('Enter');
    await expect(rows(page).filter({ hasText: /^pasted 42/ })).toHaveCount(1);
  });

  await test.step('F6 leaves it and comes back', async () => {
    await page.keyboard.press('F6');
    await expect(terminal).not.toBeFocused();
    await page.keyboard.press('F6');
    await expect(terminal).toBeFocused();
    expect(await run(page, 'echo back again')).toEqual(['back again']);
  });

  await test.step('a screen reader is told what is printed', async () => {
    await page.getByRole('button', { name: 'Screen reader' }).click();
    await terminal.focus();
    await run(page, 'echo read this');
    await expect(page.locator('.xterm-accessibility-tree')).toContainText('read this');
    await page.getByRole('button', { name: 'Screen reader' }).click();
    await terminal.focus();
  });

  await test.step('a checkpoint brings back what was broken', async () => {
    await run(page, 'echo precious >/root/kept');
    await page.getByRole('button', { name: 'Checkpoints' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('whole');
    await page.keyboard.press('Enter');
    await expect(page.locator('.checkpoints')).toContainText(/Kept “whole”, [\d.]+ MB/);
    await page.keyboard.press('Escape');
    await expect(terminal).toBeFocused();
    expect((await run(page, 'rm -v /root/kept')).join()).toMatch(/removed/);
    await page.getByRole('button', { name: 'Checkpoints' }).click();
    await page.getByRole('button', { name: 'Go back: whole' }).click();
    await expect(page.locator('.checkpoints')).toBeHidden();
    await expect(terminal).toBeFocused();
    expect(await run(page, 'cat /root/kept')).toEqual(['precious']);
  });

  await test.step('the transcript is a text file', async () => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Transcript' }).click()]);
    const text = await readFile(await file.path(), 'utf8');
    expect(text).toContain('# cat /root/kept\nprecious\n');
    expect(text).not.toContain('\x1b');
  });
});
