import { existsSync } from 'node:fs';
import { tool } from './tool.ts';

const browsers = [
  { path: '/usr/bin/chromium', name: 'chromium' },
  { path: '/usr/bin/firefox-esr', name: 'firefox-esr' },
];

/** The browser tests drive Debian's Chromium and Firefox; as root on Debian they are installed when they are missing. */
export async function ensureBrowsers(): Promise<void> {
  const missing = () => browsers.filter(({ path }) => !existsSync(path));
  if (missing().length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const names = missing().map(({ name }) => name);
    console.log(`[test] installing ${names.join(' and ')}`);
    await tool('apt-get', ['update', '-qq']);
    await tool('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { DEBIAN_FRONTEND: 'noninteractive' });
  }
  for (const { path, name } of missing()) {
    console.error(`The browser tests need Debian's ${name} at ${path}: run \`apt-get install ${name}\` as root, then npm test again.`);
  }
  if (missing().length > 0) process.exit(1);
}
