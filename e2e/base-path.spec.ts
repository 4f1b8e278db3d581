import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { boot, expect, LAB, run, test } from './fixtures.ts';
import { serveStatic } from './server.ts';

const root = join(import.meta.dirname, '..');

test('built under a base path and served by a plain host, the course boots, is searched, and tells where it is', async ({ page, origins }) => {
  const out = join(root, 'test-results/course');
  const env = { ...process.env, BASE: '/course', SITE: 'https://example.org', REPOSITORY: 'https://github.com/a/b' };
  await promisify(execFile)(process.execPath, [join(root, 'node_modules/astro/bin/astro.mjs'), 'build', '--outDir', out], { cwd: root, env });
  const site = await serveStatic(out, '/course/');
  origins.add(new URL(site.url).origin);
  try {
    await page.goto(site.url);
    await page.getByRole('link', { name: 'The kernel evidence report' }).first().click();
    await expect(page).toHaveURL(site.url + LAB);
    const here = `https://example.org/course/${LAB}`;
    await expect(page.locator('link[rel="canonical"]')).toHaveAttribute('href', here);
    await expect(page.locator('meta[property="og:url"]')).toHaveAttribute('content', here);
    await expect(page.locator('meta[property="og:image"]')).toHaveAttribute('content', 'https://example.org/course/card.png');
    await expect(page.getByRole('link', { name: 'Edit this page' })).toHaveAttribute('href', 'https://github.com/a/b/edit/main/content/140-node/010-evidence/page.mdx');
    expect(await readFile(join(out, 'sitemap.xml'), 'utf8')).toContain(`<loc>${here}</loc>`);
    expect(await readFile(join(out, LAB, 'index.md'), 'utf8')).toContain(`The Markdown twin of [${here}](${here})`);

    await boot(page);
    expect((await run(page, 'uname -r')).join()).toMatch(/^6\.12\.\d+-bootable$/);

    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('searchbox').fill('errno');
    await page.getByRole('dialog', { name: 'Search' }).getByRole('link', { name: 'errno', exact: true }).click();
    await expect(page).toHaveURL(`${site.url}glossary/#errno`);
  } finally {
    await site.close();
    await rm(out, { recursive: true });
  }
});
