import { boot, expect, LAB, ready, rows, run, screen, test } from './fixtures.ts';

const PROMPT = /^root@node-1:~#\s*$/;

test('a session of a reading page runs at a press, in a machine that opens for it', { tag: '@firefox' }, async ({ page, site }) => {
  await page.goto(`${site.url}orientation/`);
  await page.mouse.wheel(0, 100);
  const first = page.locator('.session').first();
  const typed = (await first.locator('.typed b').first().textContent()) ?? '';
  await first.getByRole('button', { name: `Run in the machine: ${typed}` }).click();
  await ready(page);
  await expect(first.getByRole('status')).toHaveText('Typed; the machine\'s prompt is back.', { timeout: 60_000 });
  await expect(screen(page)).toContainText(typed.slice(0, 40));

  await test.step('what was shown for student is typed as student, the next as root again', async () => {
    const student = page.locator('.session', { has: page.locator('.prompt', { hasText: '$' }) }).first();
    await student.getByRole('button', { name: /^Run in the machine/ }).click();
    await expect(student.getByRole('status')).toHaveText('Typed; the machine\'s prompt is back.', { timeout: 60_000 });
    await expect(screen(page)).toContainText('student@node-1:~$ uname -n');
    await first.getByRole('button', { name: /^Run in the machine/ }).click();
    await expect(screen(page)).toContainText('student@node-1:~$ exit');
    await expect(rows(page).filter({ hasText: PROMPT })).toHaveCount(1);
  });

  await test.step('a machine that is busy is left alone, and says so', async () => {
    await page.locator('.xterm-helper-textarea').focus();
    await page.keyboard.type("echo read''ing; cat\n");
    await expect(rows(page).filter({ hasText: /^reading/ })).toHaveCount(1);
    const other = page.locator('.session').nth(1);
    await other.getByRole('button', { name: /^Run in the machine/ }).click();
    await expect(other.getByRole('status')).toContainText('The console is busy with a program or another shell, so nothing was typed into it.');
    await page.locator('.xterm-helper-textarea').focus();
    await page.keyboard.press('Control+C');
    await expect(rows(page).filter({ hasText: PROMPT })).toHaveCount(1);
    expect(await run(page, 'echo st""ill')).toEqual(['still']);
  });

  await test.step('put away it stands still, and comes back', async () => {
    await page.getByRole('button', { name: 'Put away' }).click();
    await expect(page.locator('boot-machine')).toBeHidden();
    await expect(page.locator('boot-machine')).toHaveAttribute('data-paused', '');
    await expect(page.getByRole('button', { name: 'Machine', exact: true })).toBeFocused();
    await page.getByRole('button', { name: 'Machine', exact: true }).click();
    await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
    expect(await run(page, 'echo ba""ck')).toEqual(['back']);
  });
});

test('only what the proof runs in the reader\'s machine can be run there', async ({ page, site }) => {
  await page.goto(`${site.url}modules/`);
  const all = page.locator('main [data-session]');
  const elsewhere = page.locator('main [data-session]:has(.reason)');
  const count = await all.count();
  expect(await elsewhere.count()).toBeGreaterThan(0);
  await page.evaluate(() => scrollTo(0, 400));
  await expect(page.locator('.run')).toHaveCount(count - await elsewhere.count());
  await expect(page.locator('.session .reason')).toHaveCount(0);

  // As the fence `console machine="cold"` marks it: from there on the proof has another machine than the reader.
  await page.addInitScript(() => document.addEventListener('DOMContentLoaded', () => document.querySelectorAll('main [data-session]')[2]?.setAttribute('data-machine', 'cold')));
  await page.reload();
  await page.mouse.move(300, 300);
  await page.evaluate(() => scrollTo(0, 800));
  await expect(page.locator('.run').first()).toBeAttached();
  const before = await all.evaluateAll((sessions) => sessions.slice(0, 2).filter((session) => !session.querySelector('.reason')).length);
  await expect(page.locator('.run')).toHaveCount(before);
});

test('a lab looks at what a session did, unasked', async ({ page, site }) => {
  await page.goto(site.url + LAB);
  await boot(page);
  await expect(page.locator('lab-work')).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
  const release = (await run(page, 'uname -r')).join();
  const tokens = (await run(page, 'cat /proc/cmdline')).join('').split(/\s+/);
  await page.locator('[data-field="release"]').fill(release);
  await page.locator('[data-field="release-command"]').fill('uname -r');
  await page.locator('[data-field="tokens"]').fill(tokens.map((token, index) => `${token}: stands at place ${index + 1}`).join('\n'));
  await expect(page.locator('#step-kernel')).toHaveAttribute('data-state', 'open');
  await expect(page.locator('.solution .run')).toHaveCount(0);
  await page.locator('.run').first().click();
  await expect(page.locator('.said').first()).toHaveText('Typed; the machine\'s prompt is back.', { timeout: 60_000 });
  await expect(page.locator('#step-kernel')).toHaveAttribute('data-state', 'passed');
});
