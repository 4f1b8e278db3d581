import type { Problem } from '../lab/author-error.ts';
import { pageSources, sourcesHash } from '../stamp/sources.ts';
import { readStamps, standing, type Stamp } from '../stamp/stamp.ts';
import type { CoursePage } from './course-page.ts';
import type { PageProof } from './page-proof.ts';

/** Where a page stands: what its files are now, and what was proven of them. */
export interface PageStanding {
  readonly page: CoursePage;
  readonly sources: string;
  readonly stamp: Stamp | undefined;
  readonly standing: ReturnType<typeof standing>;
}

export function pageStandings(root: string, pages: readonly CoursePage[], image: string): PageStanding[] {
  const stamps = readStamps(root);
  return pages.map((page) => {
    const sources = sourcesHash(root, pageSources(root, page.file));
    const stamp = stamps[page.id];
    return { page, sources, stamp, standing: standing(stamp, { sources, image }) };
  });
}

/** A page may only be published as it was proven. */
export function unproven({ page, standing, stamp }: PageStanding): Problem[] {
  if (standing === 'proven') return [];
  return [{
    where: page.file,
    expected: 'a page as it was proven',
    found: stamp ? `one that was changed since (${stamp.date})` : 'one that was never proven',
    mend: `Run \`npm run prove ${page.id}\` and commit content/proof.json with the page.`,
  }];
}

/** What the proof leaves on a page. */
export function stampOf({ sources }: PageStanding, proof: PageProof, now: Pick<Stamp, 'image' | 'kernel' | 'commit' | 'changed' | 'date'>): Stamp {
  const { commands, checks, attempts, seconds } = proof;
  return { sources, ...now, commands, checks, attempts, ...(seconds !== undefined && { seconds }) };
}
