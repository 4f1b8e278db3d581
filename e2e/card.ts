// The card that a link to the course shows elsewhere: node e2e/card.ts draws public/card.png from card.html.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
await page.goto(pathToFileURL(join(import.meta.dirname, 'card.html')).href);
await page.evaluate(() => document.fonts.ready);
await page.screenshot({ path: join(import.meta.dirname, '../public/card.png') });
await browser.close();
