// Pictures of each kind of page, both themes, desk and phone, in test-results/look: to be looked at, not compared.
// node e2e/look.ts [dist] [path…]; a path that ends in ! is pictured with its machine running.
import { chromium } from 'playwright';
import { serveStatic } from './server.ts';

const [root = 'dist', ...paths] = process.argv.slice(2);
const server = await serveStatic(root);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const colorScheme of ['light', 'dark'] as const)
  for (const [width, height] of [[1440, 900], [390, 844]] as const) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    page.on('console', (message) => console.error(`${page.url()}: ${message.text()}`));
    for (const path of paths) {
      const running = path.endsWith('!');
      await page.goto(server.url + path.replace('!', ''));
      await page.evaluate(() => document.fonts.ready);
      if (running) {
        await page.locator('[data-boot]').click();
        await page.locator('boot-machine[data-state="ready"]').waitFor({ timeout: 120_000 });
        await page.keyboard.type('ls --color=always -l /sys/fs/cgroup | head -12; echo do""ne\n');
        await page.locator('.xterm-rows', { hasText: 'done' }).waitFor();
      }
      const name = path.replace('!', ' running').replaceAll('/', '-').replace(/^-|-$/, '') || 'front';
      await page.screenshot({ path: `test-results/look/${name}.${colorScheme}.${width}.png`, fullPage: !running });
    }
    await page.close();
  }
await browser.close();
await server.close();
