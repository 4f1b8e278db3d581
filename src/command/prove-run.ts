import { execFileSync } from 'node:child_process';
import { checkoutWithSnapshot } from '../machine/snapshot-build.ts';
import { coursePages } from '../proof/course-page.ts';
import { pageStandings, stampOf, type PageStanding } from '../proof/course-proof.ts';
import type { PageProof } from '../proof/page-proof.ts';
import { proveCourse } from '../proof/prove-course.ts';
import { readStamps, writeStamps } from '../stamp/stamp.ts';
import { root } from './tool.ts';

/** All pages, each with where it stands. */
export async function standings(): Promise<{ readonly all: readonly PageStanding[]; readonly image: string; readonly kernel: string }> {
  const { manifest } = await checkoutWithSnapshot((line) => console.error(`[snapshot] ${line}`));
  return { all: pageStandings(root, coursePages(root), manifest.disk.sha256), image: manifest.disk.sha256, kernel: manifest.kernel };
}

/** Proves pages, `passes` for each, and says a line a page; `done` hears of each as soon as it is proven. */
export function prove(pages: readonly PageStanding[], passes: (page: PageStanding) => number, done: (proof: PageProof) => void = () => undefined): Promise<PageProof[]> {
  const tasks = pages.map((page) => ({ id: page.page.id, passes: passes(page) }));
  return proveCourse(root, tasks, (proof) => {
    const { id, problems, took } = proof;
    console.log(`[prove] ${id}: ${problems.length === 0 ? 'proven' : `${problems.length} to mend`}, ${took} s`);
    done(proof);
  });
}

/** Keeps what was proven, and takes the stamp from what was not. */
export function stamp(pages: readonly PageStanding[], proofs: readonly PageProof[], { image, kernel }: { readonly image: string; readonly kernel: string }): void {
  const stamps = { ...readStamps(root) };
  const seen = { image, kernel, commit: git('rev-parse', '--short', 'HEAD'), changed: git('status', '--porcelain', '--', 'content', 'src', 'public', ':!content/proof.json') !== '', date: new Date().toISOString().slice(0, 10) };
  for (const proof of proofs) {
    const page = pages.find(({ page }) => page.id === proof.id);
    if (page === undefined) continue;
    if (proof.problems.length === 0) stamps[proof.id] = stampOf(page, proof, seen);
    else delete stamps[proof.id];
  }
  const ids = new Set(coursePages(root).map(({ id }) => id));
  writeStamps(root, Object.fromEntries(Object.entries(stamps).filter(([id]) => ids.has(id))));
}

/** A number that another commit changes; 0 outside a repository. */
export const commitSeed = (): number => Number.parseInt(git('rev-parse', '--short=7', 'HEAD') || '0', 16);

function git(...args: string[]): string {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return ''; // an archive of the course has no repository
  }
}
