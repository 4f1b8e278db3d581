import { parse } from 'yaml';
import type { Problem } from '../lab/author-error.ts';

/** Ids of the syllabus by source: `{"S0": ["S0-T1", …]}`, as in content/coverage.json. */
export type Syllabus = Readonly<Record<string, readonly string[]>>;

interface Page {
  readonly file: string;
  readonly text: string;
}

/** What a page's front matter says it teaches. Throws a sentence when the front matter is none. */
export function covers({ file, text }: Page): string[] {
  const [, front] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text) ?? [];
  const data: unknown = front === undefined ? undefined : parse(front);
  const list = typeof data === 'object' && data !== null && 'covers' in data ? data.covers : undefined;
  if (!Array.isArray(list)) throw new Error(`${file} has no list "covers" in its front matter: write covers: [S0-T1, …], or [] where there are none.`);
  return list.map(String);
}

/** Pages without ids, ids that the syllabus does not have, and ids that a page names twice. */
export function coverageProblems(pages: readonly Page[], syllabus: Syllabus): Problem[] {
  const known = new Set(Object.values(syllabus).flat());
  return pages.flatMap((page): Problem[] => {
    let ids: string[];
    try {
      ids = covers(page);
    } catch {
      return [{ where: page.file, expected: 'a list "covers" in its front matter', found: 'none', mend: 'Write covers: [S0-T1, …] with ids of content/coverage.json, or [] where there are none.' }];
    }
    const unknown = ids.filter((id) => !known.has(id)).map((id): Problem =>
      ({ where: `${page.file}, covers`, expected: 'ids of content/coverage.json', found: id, mend: 'Correct the id, or take it out.' }));
    const twice = ids.filter((id, index) => ids.indexOf(id) < index).map((id): Problem =>
      ({ where: `${page.file}, covers`, expected: 'each id once', found: `${id} twice`, mend: 'Take one of the two out.' }));
    return [...unknown, ...twice];
  });
}

/** A line for each source: how many of its ids are taught, and which are not yet. */
export function coverageReport(pages: readonly Page[], syllabus: Syllabus): string[] {
  const taught = new Set(pages.flatMap(covers));
  return Object.entries(syllabus).map(([source, ids]) => {
    const left = ids.filter((id) => !taught.has(id));
    return `${source}: ${ids.length - left.length} of ${ids.length} taught${left.length > 0 ? `; not yet ${ranges(left).join(' ')}` : ''}`;
  });
}

/** `S0-T1 S0-T2 S0-T3 S0-Q8` as `T1–T3 Q8`. */
function ranges(ids: readonly string[]): string[] {
  const found: { letter: string; from: number; to: number }[] = [];
  for (const id of ids) {
    const [, letter = '', digits = ''] = /-([A-Z])(\d+)$/.exec(id) ?? [];
    const last = found.at(-1);
    if (last?.letter === letter && last.to === Number(digits) - 1) last.to += 1;
    else found.push({ letter, from: Number(digits), to: Number(digits) });
  }
  return found.map(({ letter, from, to }) => (from === to ? `${letter}${from}` : `${letter}${from}–${letter}${to}`));
}
