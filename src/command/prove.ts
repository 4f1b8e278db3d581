import { parseArgs } from 'node:util';
import { problemSentence } from '../lab/author-error.ts';
import { parseShard, pickPages } from '../proof/pick-pages.ts';
import { proofDetails } from '../proof/proof-details.ts';
import { proofTable } from '../proof/proof-table.ts';
import { prove, stamp, standings } from './prove-run.ts';
import { proveBrowser } from './prove-browser.ts';
import { staticParts, writtenProblems } from './prove-static.ts';
import { tool } from './tool.ts';

const USAGE = `Usage:
  npm run prove                     every page: its labs and the commands it shows, on the real machine
  npm run prove node/evidence …     the pages of these folders
  npm run prove -- --shard 2/5      one of five equal shares
  npm run prove -- --browser        the labs through the page as well, in Chromium; the first in Firefox too
  npm run prove -- --all            nothing left out: two passes for each page, with --browser each lab in both browsers`;

function usage(error: unknown): never {
  console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exit(2);
}

function parse() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { all: { type: 'boolean', default: false }, browser: { type: 'boolean', default: false }, shard: { type: 'string' } },
    });
    return { ...values, pick: { folders: positionals, ...(values.shard !== undefined && { shard: parseShard(values.shard) }) } };
  } catch (error) {
    return usage(error);
  }
}

const { all, browser, pick } = parse();
const now = await standings();
const chosen = (() => {
  try {
    const files = pickPages(now.all.map(({ page }) => page), pick);
    return now.all.filter(({ page }) => files.includes(page));
  } catch (error) {
    return usage(error);
  }
})();

// said before minutes of machines are spent
const written = writtenProblems();
if (written.length > 0) {
  console.error(written.map(problemSentence).join('\n'));
  process.exit(1);
}

// What is new or changed has to hold twice in a row.
// Each page is stamped when it is proven: a run that is broken off loses only what was under way.
const proofs = await prove(chosen, ({ standing }) => (all || standing !== 'proven' ? 2 : 1), (proof) => stamp(chosen, [proof], now));
// the site shows the stamps, so it is built after them
const built = (await tool('astro', ['build', '--silent'])).code === 0;
const wrong = staticParts();
const labs = chosen.filter(({ page }) => page.kind === 'lab').map(({ page }) => page.id);
const through = browser && labs.length > 0 ? await proveBrowser(labs, all) : true;

console.log(`\n${[...proofTable(proofs), '', ...(chosen.length === now.all.length ? wrong.coverage : []), ...wrong.problems.map(problemSentence), ...proofs.flatMap(proofDetails)].join('\n')}`);
process.exit(built && through && wrong.problems.length === 0 && proofs.every(({ problems }) => problems.length === 0) ? 0 : 1);
