// Pictures of each kind of page, both themes, desk and phone, in test-results/look: to be looked at, not compared.
// node e2e/look.ts [dist] [path…]
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
      await page.goto(server.url + path);
      await page.evaluate(() => document.fonts.ready);
      const name = path.replaceAll('/', '-').replace(/-$/, '') || 'front';
      await page.screenshot({ path: `test-results/look/${name}.${colorScheme}.${width}.png`, fullPage: true });
    }
    await page.close();
  }
await browser.close();
await server.close();
