import { existsSync } from 'node:fs';
import { tool } from './tool.ts';

const CHROMIUM = '/usr/bin/chromium';

/** The browser tests drive Debian's Chromium; as root on Debian it is installed when it is missing. */
export async function ensureBrowser(): Promise<void> {
  if (existsSync(CHROMIUM)) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('[test] installing chromium');
    await tool('apt-get', ['update', '-qq']);
    await tool('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { DEBIAN_FRONTEND: 'noninteractive' });
  }
  if (!existsSync(CHROMIUM)) {
    console.error(`The browser tests need Debian's Chromium at ${CHROMIUM}: run \`apt-get install chromium\` as root, then npm test again.`);
    process.exit(1);
  }
}
