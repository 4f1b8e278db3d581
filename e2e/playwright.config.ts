import { availableParallelism } from 'node:os';
import { defineConfig } from 'playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../test-results/e2e',
  // A machine in a tab is work for a whole core, and takes 1 GiB.
  workers: Math.min(2, availableParallelism()),
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'chromium',
      use: {
        browserName: 'chromium',
        launchOptions: {
          executablePath: '/usr/bin/chromium',
          args: [
            // Two machines on two cores: see src/machine/node.ts. Readers' browsers have these threads to spare.
            '--js-flags=--no-wasm-tier-up --no-wasm-dynamic-tiering',
            // Chromium's sandbox refuses to be root's.
            ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
          ],
        },
      },
    },
    {
      name: 'firefox',
      grep: /@firefox/,
      use: { browserName: 'firefox', channel: 'moz-firefox', launchOptions: { executablePath: '/usr/bin/firefox-esr' } },
    },
  ],
});
