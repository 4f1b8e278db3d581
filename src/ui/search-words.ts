import type { HitGroup, HitKind } from './search-hit.ts';

const NAMES: Readonly<Record<HitKind, readonly [one: string, many: string]>> = {
  page: ['page', 'pages'], lab: ['lab', 'labs'], term: ['term', 'terms'], command: ['command', 'commands'],
};

/** What stands above the results of one kind. */
export const groupTitle = (kind: HitKind): string => ({ page: 'Pages', lab: 'Labs', term: 'Glossary', command: 'Cheat sheet' })[kind];

/** `12 labs` */
export const countWords = (kind: HitKind, count: number): string => `${count} ${NAMES[kind][count === 1 ? 0 : 1]}`;

/** What was found, in a sentence for the status line. */
export function foundWords(term: string, groups: readonly HitGroup[]): string {
  if (groups.length === 0) return `Nothing here has “${term}” in it. Try fewer letters, another word for it, or the name of a command.`;
  return `Found in ${groups.map(({ kind, total }) => countWords(kind, total)).join(', ')}.`;
}

/** Why the index could not be asked, and what to do. */
export const lostWords = (online: boolean): string => (online
  ? 'The search index did not arrive: the server can not be reached, or lost a part of this site. Change a letter to try again.'
  : 'You are offline, and the search index is not kept in this browser. Connect, then change a letter to try again.');
