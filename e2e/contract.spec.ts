import { test, type Page } from 'playwright/test';
import { CONTRACT } from '../src/machine/contract.ts';
import { serveSource } from './source-server.ts';

test.describe.configure({ mode: 'serial', timeout: 300_000 });

let page: Page;
let close: () => Promise<void>;

test.beforeAll(async ({ browser }) => {
  const server = await serveSource();
  close = server.close;
  page = await browser.newPage();
  await page.goto(server.url);
  await page.evaluate(async () => {
    const [browser, contract] = ['/src/machine/browser.ts', '/src/machine/contract.ts'];
    const { openMachine }: typeof import('../src/machine/browser.ts') = await import(browser ?? '');
    const { CONTRACT: cases }: typeof import('../src/machine/contract.ts') = await import(contract ?? '');
    const json = async (path: string) => (await fetch(path)).json();
    const described = { manifest: await json('/image/manifest.json'), snapshot: await json('/snapshot/snapshot.json') };
    Object.assign(window, { cases, open: () => openMachine({ base: '/', described }) });
  });
});

test.afterAll(async () => {
  await page.close();
  await close();
});

for (const [index, { name }] of CONTRACT.entries())
  test(`browser: ${name}`, () => page.evaluate(async (number) => {
    const { cases, open } = window as unknown as { cases: typeof CONTRACT; open: Parameters<(typeof CONTRACT)[number]['run']>[1] };
    const machine = await open();
    await machine.start('snapshot');
    await cases[number]?.run(machine, open);
    await machine.dispose();
  }, index));
