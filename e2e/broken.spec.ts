import { boot, expect, ready, run, test } from './fixtures.ts';

const SLOW = { timeout: 150_000 };

/** What a reader can take from the disk, and where the next boot stands then. */
const BROKEN = [
  { gone: 'the boot sector', line: 'dd if=/dev/zero of=/dev/sda bs=512 count=1 status=none', rest: '', says: 'finds nothing to boot' },
  { gone: 'the partition table', line: 'dd if=/dev/zero of=/dev/sda bs=1 seek=446 count=64 status=none', rest: 'rescue', says: 'rescue mode' },
  { gone: 'the kernel', line: 'rm /boot/vmlinuz-*', rest: 'key', says: 'waits for a key' },
  { gone: '/sbin/init', line: 'rm /sbin/init', rest: 'bare', says: 'without an init' },
] as const;

test('a boot that its reader has broken is named, never hangs the page, and can be left', async ({ page, site }) => {
  test.setTimeout(600_000);
  await page.goto(site.url);
  await boot(page);
  for (const { gone, line, rest, says } of BROKEN) {
    await test.step(`without ${gone}`, async () => {
      await run(page, `${line}; sync`);
      await page.keyboard.type('reboot -f\n');
      await expect(page.locator('boot-machine')).toHaveAttribute('data-rest', rest, SLOW);
      await expect(page.locator('.rail p')).toContainText(says);
      await expect(page.locator('.rail p')).toContainText('leads back');
      await page.getByRole('button', { name: 'Restart', exact: true }).click();
      await expect(page.locator('.rail')).toBeHidden();
      await ready(page);
      expect(await run(page, 'ls /sbin/init')).toEqual(['/sbin/init']);
    });
  }
});
