import { close, createIndex } from 'pagefind';
import type { HitKind } from '../ui/search-hit.ts';
import type { BuiltPage } from './built-page.ts';
import { attribute, elements, find, is, words, type Element } from './tree.ts';

export interface IndexFile {
  /** Below the folder of the index: `index/en_8880cf6.pf_index`. */
  readonly path: string;
  readonly content: Uint8Array;
}

/** A glossary term or a row of the cheat sheet: a result of its own, at its anchor. */
interface Entry {
  readonly url: string;
  readonly kind: HitKind;
  readonly title: string;
  readonly content: string;
}

/** Of what pagefind makes, all that our own dialog needs: its user interfaces and its worker stay behind. */
const needed = /^(?:pagefind\.js|pagefind-entry\.json|pagefind\..*\.pf_meta|wasm\.en\.pagefind|(?:index|fragment|filter)\/.*)$/;

/** No solution is found by its words, and nothing twice: terms and commands are entries, a stamp is the same on every page. */
const left = ['.stamp', '.pager', '.hints', '.solution', '.verdict', '.actions', '.fields', 'quiz-question', '.meaning', '.glossary', '.commands', 'boot-machine', '.labs', '.summary', '.facts'];

/** The search index of the built pages. Throws a sentence when pagefind's program is missing or refuses a page. */
export async function searchIndex(pages: readonly BuiltPage[]): Promise<IndexFile[]> {
  const made = await createIndex({ rootSelector: 'main', excludeSelectors: left, forceLanguage: 'en' }).catch((cause: unknown) => {
    throw new Error('The search index needs the program of pagefind, which npm installs as an optional package: run npm ci without --omit=optional.', { cause });
  });
  if (!made.index) throw new Error(`pagefind made no index: ${made.errors.join('; ')}`);
  const { index } = made;
  try {
    const refused: string[] = [];
    for (const { path, html, kind } of pages) {
      const content = html.replace('<main ', `<main data-pagefind-filter="kind:${kind}" `);
      refused.push(...(await index.addHTMLFile({ url: `/${path}`, content })).errors);
    }
    for (const { url, kind, title, content } of pages.flatMap(entries)) {
      refused.push(...(await index.addCustomRecord({ url, content, language: 'en', meta: { title }, filters: { kind: [kind] } })).errors);
    }
    const { files, errors } = await index.getFiles();
    if (refused.length + errors.length > 0) throw new Error(`pagefind refused: ${[...refused, ...errors].join('; ')}`);
    return files.filter(({ path }) => needed.test(path));
  } finally {
    await close();
  }
}

/** Terms and commands of a page: each `<div id>` of a `<dl>` of the class `glossary` or `commands`. */
export function entries({ path, main }: BuiltPage): Entry[] {
  const rows = (list: string): Element[] => elements(main).filter((element) => is(element, list))
    .flatMap(({ children }) => children.filter((child): child is Element => child.type === 'element' && child.tagName === 'div'));
  const url = (row: Element): string => `/${path}#${attribute(row, 'id') ?? ''}`;
  return [
    ...rows('dl.glossary').map((row): Entry => ({ url: url(row), kind: 'term', title: words(find(row, 'dt')), content: words(find(row, 'dd')) })),
    ...rows('dl.commands').map((row): Entry => ({
      url: url(row), kind: 'command', title: words(find(row, 'code')), content: `${words(find(row, 'a'))} ${words(find(row, 'dd'))}`,
    })),
  ];
}
