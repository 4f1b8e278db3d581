import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright/test';
import { boot, DIST, expect, LAB, ready, rows, run, screen, test } from './fixtures.ts';
import type { SnapshotMeta } from '../src/machine/manifest.ts';
import { serveStatic, type Fault, type StaticServer } from './server.ts';

interface Case {
  readonly name: string;
  readonly match: RegExp;
  readonly fault: Fault;
  /** Of the MachineError; `code` when the page's own code did not come. */
  readonly error: RegExp;
  readonly says: RegExp;
}

const SNAPSHOT = /^\/snapshot\/.*\.zst$/;
const INDEX = /\.idx$/;
const CHUNK = /^\/image\/chunks\//;
const EMULATOR = /machine-view.*\.js$/;

const missing = /The server has no file for/;
const damaged = /The server sent something else than/;
const network = /The server does not deliver/;

/** Faults that are there before Boot is pressed. */
const loading: readonly Case[] = [
  { name: 'no snapshot', match: SNAPSHOT, fault: 'missing', error: /snapshot-missing/, says: missing },
  { name: 'half a snapshot', match: SNAPSHOT, fault: 'cut', error: /snapshot-damaged/, says: damaged },
  { name: 'another snapshot', match: SNAPSHOT, fault: 'flip', error: /snapshot-damaged/, says: damaged },
  { name: 'an HTML page for a snapshot', match: SNAPSHOT, fault: 'html', error: /snapshot-damaged/, says: damaged },
  { name: 'a snapshot that stops coming', match: SNAPSHOT, fault: 'stall', error: /network/, says: network },
  { name: 'no index', match: INDEX, fault: 'missing', error: /index-missing/, says: missing },
  { name: 'a malformed index', match: INDEX, fault: 'flip', error: /index-malformed/, says: damaged },
  { name: 'half an index', match: INDEX, fault: 'cut', error: /index-malformed/, says: damaged },
  { name: 'no emulator code', match: EMULATOR, fault: 'missing', error: /code/, says: /The emulator did not arrive/ },
  { name: 'a broken connection', match: /^\/snapshot\//, fault: 'gone', error: /network/, says: network },
];

/** Faults of the disk's chunks, met when the guest reads them. */
const reading: readonly Case[] = [
  { name: 'no chunk', match: CHUNK, fault: 'missing', error: /chunk-missing/, says: missing },
  { name: 'half a chunk', match: CHUNK, fault: 'cut', error: /chunk-damaged/, says: damaged },
  { name: 'a chunk wrong by one bit', match: CHUNK, fault: 'flip', error: /chunk-damaged/, says: damaged },
  { name: 'an HTML page for a chunk', match: CHUNK, fault: 'html', error: /chunk-damaged/, says: damaged },
  { name: 'a chunk that stops coming', match: CHUNK, fault: 'stall', error: /network/, says: network },
  { name: 'the server gone', match: /./, fault: 'gone', error: /network/, says: network },
];

/** A failure of the machine is told as one, with a way on; and nobody is told that they are wrong. */
async function told(page: Page, { name, error, says }: Pick<Case, 'name' | 'error' | 'says'>): Promise<void> {
  const machine = page.locator('boot-machine');
  await expect(machine, name).toHaveAttribute('data-state', 'failed', { timeout: 150_000 });
  await expect(machine, name).toHaveAttribute('data-error', error);
  await expect(page.locator('[data-message]'), name).toHaveText(says);
  await expect(page.locator('[data-message]'), name).toBeVisible();
  await expect(page.locator('[data-remedy]'), name).toHaveText(/\w.*\./);
  await expect(page.getByRole('button', { name: /^(Try again|Start afresh)$/ }), name).toBeVisible();
  await expect(page.locator('[data-kind="fail"]'), name).toHaveCount(0);
}

/** Each case in a browser context and on a server of its own, all at once: they mostly wait. */
async function all(browser: Browser, cases: readonly Case[], play: (page: Page, site: StaticServer, one: Case) => Promise<void>): Promise<void> {
  await Promise.all(cases.map(async (one) => {
    const site = await serveStatic(DIST);
    const context = await browser.newContext();
    try {
      await play(await context.newPage(), site, one);
    } finally {
      await context.close();
      await site.close();
    }
  }));
}

test('what does not arrive before the prompt is told, and a later try works', async ({ browser }) => {
  await all(browser, loading, async (page, site, one) => {
    const heal = site.misbehave(one.match, one.fault);
    await page.goto(site.url + LAB);
    await page.locator('[data-boot]').click();
    await told(page, one);
    if (one.name !== 'half a snapshot') return;
    heal();
    await page.getByRole('button', { name: 'Try again' }).click();
    await ready(page);
  });
});

test('what does not arrive when the guest reads its disk is told', async ({ browser }) => {
  for (const cases of [reading.slice(0, 3), reading.slice(3)])
    await all(browser, cases, async (page, site, one) => {
      await page.goto(site.url);
      await boot(page);
      const heal = site.misbehave(one.match, one.fault);
      await page.keyboard.type('cat /usr/bin/[a-m]* | wc -l\n');
      await told(page, one);
      if (one.name !== 'no chunk') return;
      heal();
      await page.getByRole('button', { name: 'Try again' }).click();
      await ready(page);
      await expect(rows(page).filter({ hasText: /^\d+\s*$/ }), 'the command goes on where it stood').toHaveCount(1, { timeout: 120_000 });
    });
});

test('what comes after the prompt and does not arrive is told when the machine needs it, and not before', async ({ page, site }) => {
  const { late } = JSON.parse(readFileSync(join(DIST, 'snapshot/snapshot.json'), 'utf8')) as SnapshotMeta;
  let heal = site.misbehave(new RegExp(late.file), 'stall');
  await page.goto(site.url);
  await boot(page);
  await run(page, 'uname -s');
  await page.keyboard.type('sha256sum < /sys/kernel/btf/vmlinux\n');
  await expect(page.locator('[data-status]')).toHaveText('Waiting for the rest of its memory');
  heal();
  heal = site.misbehave(new RegExp(late.file), 'cut');
  await told(page, { name: 'the rest of the memory', error: /chunk-damaged/, says: damaged });
  heal();
  await page.getByRole('button', { name: 'Try again' }).click();
  await ready(page);
  await expect(rows(page).filter({ hasText: /^[0-9a-f]{64} / }), 'the command goes on where it stood').toHaveCount(1, { timeout: 120_000 });
});

for (const [name, remove, error, says] of [
  ['WebAssembly', 'WebAssembly', /no-wasm/, /no WebAssembly/],
  ['Workers', 'Worker', /no-worker/, /Worker/],
] as const)
  test(`a browser without ${name} is told so`, async ({ page, site }) => {
    await page.addInitScript((key) => Reflect.deleteProperty(globalThis, key), remove);
    await page.goto(site.url + LAB);
    await page.locator('[data-boot]').click();
    await told(page, { name, error, says });
  });

for (const [name, break_, says] of [
  ['full', () => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }, /no room left/],
  ['forbidden', () => { Object.defineProperty(window, 'localStorage', { get: () => { throw new DOMException('denied', 'SecurityError'); } }); }, /gives the page no storage/],
] as const)
  test(`storage that is ${name} costs a sentence, not the work`, async ({ page, site }) => {
    await page.addInitScript(break_);
    await page.goto(site.url + LAB);
    await page.locator('[data-field="release"]').fill('6.12');
    await expect(page.locator('[data-notice]')).toHaveText(says);
    await expect(page.locator('[data-notice]')).toContainText('until you leave this page');
    await page.locator('#step-kernel [data-check]').click();
    await expect(page.locator('#step-kernel [data-verdict]')).toContainText('boot it first');
    await expect(page.locator('[data-field="release"]')).toHaveValue('6.12');
  });

test('a lab that can not be prepared says so, and a press prepares a fresh machine', async ({ page, site }) => {
  // The first start draws the number that its preparation does not take.
  await page.addInitScript(() => {
    const draw = crypto.getRandomValues.bind(crypto);
    let drawn = false;
    crypto.getRandomValues = (array) => {
      const four = array instanceof Uint8Array && array.length === 4 && !drawn;
      drawn ||= four;
      return four ? array.fill(0) : draw(array);
    };
  });
  const prepare = 'echo 1 >/proc/sys/net/ipv4/ip_forward';
  await page.route('**/_astro/lab.*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(prepare, `[ "$NONCE" != 00000000 ] || exit 3; ${prepare}`) });
  });
  await page.goto(`${site.url}node/preflight/`);
  await boot(page);
  const work = page.locator('lab-work');
  await expect(work).toHaveAttribute('data-state', 'failed');
  await expect(work.locator('[data-notice]')).toHaveText(/^The lab could not be prepared\. /);
  await work.getByRole('button', { name: 'Prepare the lab again' }).click();
  await expect(work).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
  await expect(work.locator('[data-notice]')).toHaveText('');
  await expect(work.getByRole('button', { name: 'Prepare the lab again' })).toBeHidden();
});

test('two tabs with one lab keep each other\'s work, and say so', async ({ page, context, site }) => {
  const other = await context.newPage();
  for (const tab of [page, other]) await tab.goto(site.url + LAB);
  await other.locator('[data-field="release-command"]').focus();
  await page.locator('[data-field="release"]').fill('6.12');
  await expect(other.locator('[data-field="release"]')).toHaveValue('6.12');
  await expect(other.locator('[data-notice]')).toContainText('open in another tab');
  await other.locator('[data-field="release-command"]').fill('uname -r');
  await expect(page.locator('[data-field="release-command"]')).toHaveValue('uname -r');
  await page.reload();
  await expect(page.locator('[data-field="release"]')).toHaveValue('6.12');
  await expect(page.locator('[data-field="release-command"]')).toHaveValue('uname -r');
});

test('a guest that dies is told as a machine\'s death, and never as a wrong answer', async ({ page, site }) => {
  test.setTimeout(420_000);
  await page.goto(site.url + LAB);
  await page.locator('[data-field="release"]').fill('6.12');
  await boot(page);
  await expect(page.locator('lab-work')).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
  const check = page.locator('#step-kernel [data-check]');
  const verdict = page.locator('#step-kernel [data-verdict]');
  const terminal = page.locator('.xterm-helper-textarea');
  const machine = page.locator('boot-machine');
  const panel = page.locator('lab-work');

  await test.step('a killed agent comes back, and the check with it', async () => {
    await terminal.focus();
    await run(page, 'pkill -9 -f bootable/agent'); // at the prompt it is dead, and may be back
    await check.click();
    await expect(verdict).toHaveAttribute('data-kind', /^(machine|fail)$/, { timeout: 90_000 });
    await expect(machine).toHaveAttribute('data-state', 'ready', { timeout: 90_000 });
    await check.click();
    await expect(verdict).toContainText('only the beginning of the release', { timeout: 90_000 });
    await page.locator('[data-field="release"]').fill('');
  });

  await test.step('panic', async () => {
    await terminal.focus();
    await page.keyboard.type('echo c > /proc/sysrq-trigger\n');
    await expect(machine).toHaveAttribute('data-state', 'failed', { timeout: 90_000 });
    await check.click();
    await expect(verdict).toHaveAttribute('data-kind', 'machine');
    await expect(verdict).toContainText('This says nothing about your work.');
    await told(page, { name: 'panic', error: /panic/, says: /panicked/ });
    await expect(screen(page)).toContainText('Kernel panic');
  });

  await test.step('power on again: the same disk, from the firmware', async () => {
    await page.getByRole('button', { name: 'Power on again' }).click();
    await expect(machine).toHaveAttribute('data-state', 'ready', { timeout: 150_000 });
  });

  await test.step('power off', async () => {
    await page.getByRole('button', { name: 'Restart' }).click();
    await expect(panel).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
    await terminal.focus();
    await page.keyboard.type('poweroff -f\n');
    await told(page, { name: 'power off', error: /powered-off/, says: /halted/ });
    await page.getByRole('button', { name: 'Start afresh' }).click();
    await ready(page);
    await terminal.focus();
    expect((await run(page, 'uname -r')).join()).toMatch(/bootable$/);
  });

  await test.step('a reboot is followed into the boot loader and the kernel', async () => {
    await page.keyboard.type('reboot -f\n');
    await expect(machine).toHaveAttribute('data-state', 'booting', { timeout: 60_000 });
    await expect(screen(page)).not.toContainText('reboot -f', { timeout: 60_000 });
    await expect(screen(page)).toContainText('Loading Linux', { timeout: 60_000 });
    await expect(page.locator('[data-kind="fail"]')).toHaveCount(0);
  });
});
