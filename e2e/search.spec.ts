import type { Page } from 'playwright/test';
import { boot, expect, LAB, test } from './fixtures.ts';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Search' });
const field = (page: Page) => page.getByRole('searchbox');
const status = (page: Page) => dialog(page).getByRole('status');

test('@firefox the key / finds pages, labs, terms and commands, and the keyboard alone leads to them', async ({ page, site }) => {
  await page.goto(`${site.url}boot/`);
  await page.keyboard.type('/cmdline'); // no letter is lost while the code is on its way
  await expect(field(page)).toHaveValue('cmdline');
  await expect(status(page)).toHaveText(/^Found in .*\d+ pages?/);
  for (const [group, address] of [['Pages', /^\/[\w-]+\/(#|$)/], ['Labs', /^\/[\w-]+\/[\w-]+\/(#|$)/], ['Cheat sheet', /^\/cheat-sheet\/#./]] as const)
    await expect(dialog(page).getByRole('region', { name: group }).getByRole('link').first()).toHaveAttribute('href', address);
  await expect(dialog(page).locator('mark').first()).toHaveText(/cmdline/);

  await field(page).fill('page fault');
  await expect(dialog(page).getByRole('region').first()).toHaveAccessibleName('Glossary');
  await page.keyboard.press('ArrowDown');
  await expect(dialog(page).getByRole('link', { name: 'page fault' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${site.url}glossary/#page-fault`);
});

test('Enter goes to the best result, also before it is shown; on the same page the dialog makes way', async ({ page, site }) => {
  await page.goto(`${site.url}glossary/`);
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('errno\n');
  await expect(page).toHaveURL(`${site.url}glossary/#errno`);
  await expect(dialog(page)).toBeHidden();
  await expect(page.locator('#errno')).toBeInViewport();
});

test('a kind with many results gives four, then all', async ({ page, site }) => {
  await page.goto(site.url);
  await page.keyboard.press('/');
  await page.keyboard.type('kernel');
  const labs = dialog(page).getByRole('region', { name: 'Labs' });
  await expect(labs.getByRole('link')).toHaveCount(4);
  const all = Number(/\d+/.exec(await labs.getByRole('button').innerText())?.[0]);
  expect(all).toBeGreaterThan(4);
  await labs.getByRole('button').click();
  await expect(labs.getByRole('link')).toHaveCount(all);
  await expect(field(page)).toBeFocused();
});

test('a letter goes on with the question, Escape closes, and the key / can be switched off', async ({ page, site }) => {
  await page.goto(site.url);
  await page.keyboard.press('/');
  await page.keyboard.type('modul');
  await expect(dialog(page).getByRole('link').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('e');
  await expect(field(page)).toHaveValue('module');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await page.keyboard.press('/');
  await page.getByRole('checkbox', { name: 'The key / opens the search' }).uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Search' })).toBeVisible();
  await page.keyboard.type('/x');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue('');
});

test('where the reader types, / is a letter: in a field and in the terminal', async ({ page, site }) => {
  await page.goto(site.url + LAB);
  const text = page.locator('lab-step input[type="text"], lab-step textarea').first();
  await text.fill('');
  await text.press('/');
  await expect(text).toHaveValue('/');
  await boot(page);
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type('echo /$((6*7))/\n');
  await expect(page.locator('.xterm-rows')).toContainText('/42/');
  await expect(page.locator('site-search')).toHaveCount(0);
});

test('what is not there is said, and what stands in the index never becomes an element', async ({ page, site }) => {
  await page.goto(site.url);
  await page.keyboard.press('/');
  // Of a word that is nowhere pagefind takes the longest beginning that is somewhere, be it one letter: these are of another alphabet.
  await field(page).fill('щука');
  await expect(status(page)).toHaveText('Nothing here has “щука” in it. Try fewer letters, another word for it, or the name of a command.');
  await field(page).fill('overlay');
  await expect(dialog(page).locator('li').first()).toBeVisible();
  const names = await dialog(page).locator('.results *').evaluateAll((all) => [...new Set(all.map(({ localName }) => localName))].sort());
  expect(['a', 'b', 'button', 'code', 'h2', 'li', 'mark', 'p', 'section', 'span', 'ul'].filter((name) => names.includes(name))).toEqual(names);
});

test('an index that does not come is no index without matches, and comes at the next letter', async ({ page, site, context }) => {
  await page.goto(site.url);
  for (const [match, fault] of [[/pagefind\.js$/, 'missing'], [/pf_index$/, 'gone'], [/pf_fragment$/, 'html'], [/wasm\./, 'missing']] as const) {
    const mend = site.misbehave(match, fault);
    await page.keyboard.press('/');
    await field(page).fill('cgroup');
    await expect(status(page), `${match} ${fault}`).toHaveText(/^The search index did not arrive: .* to try again\.$/);
    mend();
    await page.keyboard.type('s');
    await expect(status(page), `${match} ${fault}, mended`).toHaveText(/^Found in /);
    await page.reload();
  }
  await page.keyboard.press('/');
  await expect(field(page)).toBeFocused();
  await context.setOffline(true);
  await page.keyboard.type('cgroup');
  await expect(status(page)).toHaveText(/^You are offline, and the search index is not kept in this browser\./);
  await context.setOffline(false);
});

test('a search whose own code does not come says so', async ({ page, site }) => {
  const mend = site.misbehave(/site-search/, 'gone');
  await page.goto(site.url);
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('alert').filter({ visible: true })).toHaveText('The search did not arrive: check the connection, then reload the page.');
  mend();
});

test('nothing of the search is fetched before it is opened, and without JavaScript there is no button', async ({ page, site, browser }) => {
  const before = site.asked.length;
  await page.goto(site.url, { waitUntil: 'networkidle' });
  expect(site.asked.slice(before).filter((path) => /search|pagefind/.test(path))).toEqual([]);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(site.url);
  await expect(plain.getByRole('link', { name: 'Bootable' })).toBeVisible();
  await expect(plain.locator('[data-search]')).toBeHidden();
  await context.close();
});
