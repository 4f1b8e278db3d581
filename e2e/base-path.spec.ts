import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { boot, expect, LAB, run, test } from './fixtures.ts';
import { serveStatic } from './server.ts';

const root = join(import.meta.dirname, '..');

test('built under a base path and served by a plain host, the course still boots', async ({ page, origins }) => {
  const out = join(root, 'test-results/course');
  await promisify(execFile)(process.execPath, [join(root, 'node_modules/astro/bin/astro.mjs'), 'build', '--outDir', out], { cwd: root, env: { ...process.env, BASE: '/course' } });
  const site = await serveStatic(out, '/course/');
  origins.add(new URL(site.url).origin);
  try {
    await page.goto(site.url);
    await page.getByRole('link', { name: 'The kernel evidence report' }).first().click();
    await expect(page).toHaveURL(site.url + LAB);
    await boot(page);
    expect((await run(page, 'uname -r')).join()).toMatch(/^6\.12\.\d+-bootable$/);
  } finally {
    await site.close();
    await rm(out, { recursive: true });
  }
});
