import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.ts';
import { root, tool } from './tool.ts';

/**
 * `npm test`: everything, one heavy thing at a time. Ends with one line `N passed, N failed` over all parts;
 * a part that cannot be counted (types, build) counts as one.
 */
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
  console.log('[test] units, contracts and labs in Node');
  const { code, output } = await tool('node', ['--test', '--test-concurrency=2', '--test-reporter=spec', 'src/**/*.test.ts']);
  const number = (word: string): number => Number(output.match(new RegExp(`^ℹ ${word} (\\d+)$`, 'm'))?.[1] ?? 0);
  const bad = number('fail') + number('cancelled');
  count('units', number('pass'), code !== 0 && bad === 0 ? 1 : bad);
}

async function browser(): Promise<void> {
  console.log('[test] in the browser');
  const report = join(root, 'test-results', 'report.json');
  rmSync(report, { force: true });
  const { code } = await tool('playwright', ['test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: report });
  let stats = { expected: 0, unexpected: 0, flaky: 0 };
  try {
    stats = JSON.parse(readFileSync(report, 'utf8')).stats;
  } catch (error) {
    console.error(`[test] the browser run left no report: ${error}`);
  }
  const bad = stats.unexpected + stats.flaky;
  count('browser', stats.expected, code !== 0 && bad === 0 ? 1 : bad);
}

await ensureBrowser();
const ready = (await whole('snapshot', 'node', ['src/command/snapshot.ts'])) && (await whole('site', 'astro', ['build']));
await whole('types', 'astro', ['check']);
await units();
if (ready) await browser();

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
