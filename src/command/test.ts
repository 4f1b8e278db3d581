import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { problemSentence } from '../lab/author-error.ts';
import { unproven, type PageStanding } from '../proof/course-proof.ts';
import { proofDetails } from '../proof/proof-details.ts';
import { proofTable } from '../proof/proof-table.ts';
import { cost, pageCost, sample } from '../proof/sample.ts';
import { ensureBrowsers } from './browser.ts';
import { commitSeed, prove, standings } from './prove-run.ts';
import { staticParts } from './prove-static.ts';
import { root, tool } from './tool.ts';

/**
 * `npm test`: everything, one heavy thing at a time. Ends with one line `N passed, N failed` over all parts;
 * a part that cannot be counted (types, build) counts as one.
 */
/** What the proofs of a run may cost, and the labs that go through their page, as src/proof/sample.ts counts it: some ninety seconds each on two cores. */
const BUDGET = 450;
const PAGES = 90;

let passed = 0;
let failed = 0;

function count(name: string, good: number, bad: number): void {
  passed += good;
  failed += bad;
  console.log(`[test] ${name}: ${good} passed, ${bad} failed`);
}

/** A part that is one fact. What comes after it is only worth running when it holds. */
async function whole(name: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<boolean> {
  console.log(`[test] ${name}`);
  const { code } = await tool(command, args, env);
  count(name, code === 0 ? 1 : 0, code === 0 ? 0 : 1);
  return code === 0;
}

/** The numbers that Node's runner prints last; a runner that ended badly without a count is one failure. */
async function units(): Promise<void> {
  console.log('[test] units and contracts in Node');
  const { code, output } = await tool('node', ['--test', '--test-concurrency=2', '--test-reporter=spec', 'src/**/*.test.ts']);
  const number = (word: string): number => Number(output.match(new RegExp(`^ℹ ${word} (\\d+)$`, 'm'))?.[1] ?? 0);
  const bad = number('fail') + number('cancelled');
  count('units', number('pass'), code !== 0 && bad === 0 ? 1 : bad);
}

/** Every page has to stand as it was proven; what changed, and a share of the rest that fits the budget, is proven again. */
async function proofs(all: readonly PageStanding[]): Promise<void> {
  console.log('[test] proofs');
  const stale = all.flatMap(unproven);
  const { problems } = staticParts();
  const again = sample(all.filter(({ standing }) => standing === 'proven'), ({ stamp }) => (stamp ? cost(stamp) : 0), BUDGET, commitSeed());
  const done = await prove(all.filter((page) => page.standing !== 'proven' || again.includes(page)), () => 1);
  console.log([...proofTable(done), ...done.flatMap(proofDetails), ...[...stale, ...problems].map(problemSentence)].join('\n'));
  count('stamps', all.length - stale.length, stale.length);
  count('HTML, links, images and coverage', problems.length === 0 ? 1 : 0, problems.length);
  const bad = done.filter((proof) => proof.problems.length > 0).length;
  count('proofs', done.length - bad, bad);
}

async function browser(labs: readonly string[]): Promise<void> {
  console.log('[test] in the browser');
  const report = join(root, 'test-results', 'report.json');
  rmSync(report, { force: true });
  const { code } = await tool('playwright', ['test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: report, LABS: labs.join(',') });
  let stats = { expected: 0, unexpected: 0, flaky: 0 };
  try {
    stats = JSON.parse(readFileSync(report, 'utf8')).stats;
  } catch (error) {
    console.error(`[test] the browser run left no report: ${error}`);
  }
  const bad = stats.unexpected + stats.flaky;
  count('browser', stats.expected, code !== 0 && bad === 0 ? 1 : bad);
}

await ensureBrowsers();
const ready = (await whole('snapshot', 'node', ['src/command/snapshot.ts'])) && (await whole('site', 'astro', ['build']));
await whole('types', 'astro', ['check']);
await units();
if (ready) {
  const { all } = await standings();
  await proofs(all);
  // A cold lab boots several times, minutes in a browser: through their pages these are left to `npm run prove -- --browser`.
  const starts = new Map(await Promise.all(all.map(async ({ page }) => [page, (await page.lab())?.start] as const)));
  const labs = all.filter(({ page }) => starts.get(page) === 'snapshot');
  await browser(sample(labs, ({ stamp }) => (stamp ? pageCost(stamp) : 0), PAGES, commitSeed()).map(({ page }) => page.id));
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
