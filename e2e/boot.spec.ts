import type { Page } from 'playwright/test';
import { boot, expect, run, screen, rows, test } from './fixtures.ts';

const SLOW = { timeout: 150_000 };
const machine = (page: Page) => page.locator('boot-machine');
const rail = (page: Page) => page.getByRole('list', { name: /Stages of this boot/ });
const stage = (page: Page, name: string) => rail(page).locator(`[data-stage="${name}"]`);
const tool = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const panel = (page: Page) => page.getByRole('region', { name: 'Checkpoints' });

/** From wherever the machine rests to GRUB's menu, whose countdown an arrow key ends. */
async function toMenu(page: Page): Promise<void> {
  await tool(page, 'Reset').click();
  // Until the processor begins again, the screen is the old one: what is typed at it is lost.
  await expect(machine(page)).toHaveAttribute('data-rest', '');
  await expect(screen(page)).toContainText('GNU GRUB', SLOW);
  await page.keyboard.press('ArrowDown');
  await expect(machine(page)).toHaveAttribute('data-rest', 'menu');
  await expect(screen(page)).not.toContainText('executed automatically');
}

/** To GRUB's command line, from its menu. */
async function toGrub(page: Page): Promise<void> {
  await toMenu(page);
  await page.keyboard.press('c');
  await expect(machine(page)).toHaveAttribute('data-rest', 'grub');
}

async function keep(page: Page, name: string): Promise<void> {
  await tool(page, 'Checkpoints').click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.keyboard.press('Enter');
}

test('a boot is followed on the rail, can be interrupted, paused, and stopped in GRUB', async ({ page, site }) => {
  test.setTimeout(480_000);
  await page.goto(site.url);
  await boot(page);
  await expect(rail(page)).toBeHidden();

  await test.step('a reboot lights the rail up to the login, with times', async () => {
    await page.keyboard.type('reboot -f\n');
    await expect(stage(page, 'bootloader')).toHaveText(/\d\.\d s$/, SLOW);
    await expect(stage(page, 'login')).toHaveAttribute('aria-current', 'step', SLOW);
    await expect(stage(page, 'login')).toHaveText(/\d\.\d s$/);
    await expect(machine(page)).toHaveAttribute('data-state', 'ready', SLOW);
    await expect(rail(page).locator('li')).toHaveCount(8);
  });

  await test.step('Reset at the bootloader begins again, with the focus in the terminal', async () => {
    await toMenu(page);
    await toMenu(page);
    await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
    await expect(page.locator('[data-status]')).toHaveText('GRUB shows its menu');
  });

  await test.step('a paused machine takes no key, and says so', async () => {
    await tool(page, 'Pause').click();
    await page.locator('.xterm-helper-textarea').focus();
    await page.keyboard.press('c');
    await expect(page.locator('[data-status]')).toContainText('Press Go on first');
    await tool(page, 'Go on').click();
    await expect(machine(page)).toHaveAttribute('data-rest', 'menu');
  });

  await test.step('the editor, and back', async () => {
    await page.keyboard.press('e');
    await expect(machine(page)).toHaveAttribute('data-rest', 'editor');
    await expect(screen(page)).toContainText('setparams');
    await page.keyboard.press('Escape');
    await expect(machine(page)).toHaveAttribute('data-rest', 'menu');
  });

  await test.step('the command line', async () => {
    await page.keyboard.press('c');
    await expect(machine(page)).toHaveAttribute('data-rest', 'grub');
    await expect(page.locator('.rail p')).toContainText('GRUB waits at its command line');
  });
});

test('a checkpoint in the initramfs outlives a reload, and serves two tabs', async ({ page, context, site }) => {
  test.setTimeout(480_000);
  await page.goto(site.url);
  await boot(page);
  const kernel = (await run(page, 'ls /boot/vmlinuz-*')).join().trim();
  const initrd = (await run(page, 'ls /boot/initrd.img-*')).join().trim();
  await toGrub(page);
  for (const line of [`linux ${kernel} root=UUID=00000000-0000-4000-8000-000000000bad console=ttyS0 rootdelay=1`, `initrd ${initrd}`]) {
    await page.keyboard.type(`${line}\n`);
    await expect(machine(page)).toHaveAttribute('data-rest', 'grub', SLOW);
    await expect(rows(page).filter({ hasText: /^grub>\s*$/ })).not.toHaveCount(0, SLOW);
  }
  await page.keyboard.type('boot\n');
  await expect(machine(page)).toHaveAttribute('data-rest', 'initramfs', SLOW);
  await expect(page.locator('[data-status]')).toHaveText('The initramfs waits at its shell');

  await keep(page, 'no root');
  await expect(panel(page)).toContainText(/Kept “no root”, [\d.]+ MB. It is still here after a reload/, SLOW);
  await page.reload();
  await page.getByRole('button', { name: 'Go back: no root' }).click();
  await expect(machine(page)).toHaveAttribute('data-rest', 'initramfs', SLOW);
  await expect(stage(page, 'initramfs')).toHaveAttribute('aria-current', 'step');
  await expect(stage(page, 'bootloader')).toHaveText(/\d\.\d s$/);
  const other = await context.newPage();
  await other.goto(site.url);
  await other.getByRole('button', { name: 'Go back: no root' }).click();
  await expect(machine(other)).toHaveAttribute('data-rest', 'initramfs', SLOW);
  for (const tab of [page, other]) {
    await tab.bringToFront();
    await tab.keyboard.type("echo still he''re\n");
    await expect(rows(tab).filter({ hasText: /^still here/ })).toHaveCount(1, SLOW);
  }
  await other.close();

  await tool(page, 'Checkpoints').click();
  await page.getByRole('button', { name: 'Delete: no root' }).click();
  await expect(panel(page)).toContainText('No checkpoint yet.');
  await page.reload();
  await expect(page.getByRole('button', { name: /^Go back/ })).toHaveCount(0);
});

/** Changes the only state in IndexedDB, as a bad disk or another version of the course would. */
async function tamper(page: Page, how: 'damage' | 'foreign' | 'cut'): Promise<void> {
  await page.evaluate(async (way) => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const through = async (bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream) =>
      new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
    const base = await settled(indexedDB.open('bootable-checkpoints'));
    const [key] = await settled(base.transaction('states').objectStore('states').getAllKeys());
    let bytes: Uint8Array<ArrayBuffer> = await settled(base.transaction('states').objectStore('states').get(key ?? ''));
    if (way === 'damage') bytes = bytes.slice(0, bytes.length >> 1);
    else {
      const raw = await through(bytes, new DecompressionStream('gzip'));
      // Behind the magic and two lengths stands {"key":"…
      if (way === 'foreign') raw[24] = raw[24] === 48 ? 49 : 48;
      bytes = await through(way === 'cut' ? raw.slice(0, raw.length - 9) : raw, new CompressionStream('gzip'));
    }
    await settled(base.transaction('states', 'readwrite').objectStore('states').put(bytes, key ?? ''));
    base.close();
  }, how);
}

test('a checkpoint that can not be taken is told, and the machine goes on', async ({ page, site }) => {
  await page.goto(site.url);
  await boot(page);
  for (const [how, says] of [['damage', /is damaged/], ['foreign', /another version of the machine/], ['cut', /is damaged: its length is wrong/]] as const) {
    await keep(page, how);
    await expect(panel(page)).toContainText('It is still here', SLOW);
    await tamper(page, how);
    await page.getByRole('button', { name: `Go back: ${how}` }).click();
    await expect(panel(page).getByRole('status')).toHaveText(says);
    await page.getByRole('button', { name: `Delete: ${how}` }).click();
    await expect(panel(page)).toContainText('No checkpoint yet.');
    await page.keyboard.press('Escape');
  }
  expect(await run(page, 'echo alive')).toEqual(['alive']);
});

test('no room for a checkpoint costs none of the old ones', async ({ page, site }) => {
  await page.goto(site.url);
  await boot(page);
  await keep(page, 'first');
  await expect(panel(page)).toContainText('It is still here', SLOW);
  await page.evaluate(() => { IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError'); }; });
  await page.getByRole('textbox', { name: 'Name' }).fill('second');
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('status')).toHaveText(/no room left.*Delete one of these.*“first” \([\d.]+ MB\)/, SLOW);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Go back: first' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Go back: second' })).toHaveCount(0);
});
