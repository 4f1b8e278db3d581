/** What a result of the search can be. */
export type HitKind = 'page' | 'lab' | 'term' | 'command';

export const HIT_KINDS: readonly HitKind[] = ['page', 'lab', 'term', 'command'];

/** One result: where it leads, and why it was found. Everything is plain text. */
export interface Hit {
  readonly href: string;
  readonly title: string;
  /** The heading of a page below which it was found. */
  readonly section: string | undefined;
  readonly excerpt: readonly Excerpt[];
}

export interface Excerpt {
  readonly text: string;
  readonly marked: boolean;
}

/** The results of one kind, the best first. `total` counts also those that are not in `hits`. */
export interface HitGroup {
  readonly kind: HitKind;
  readonly total: number;
  readonly hits: readonly Hit[];
}

/** What pagefind says of a result, as far as it is used here. */
export interface Found extends FoundPart {
  readonly meta: { readonly title?: string };
  readonly sub_results: readonly (FoundPart & { readonly title: string })[];
}

interface FoundPart {
  readonly url: string;
  readonly excerpt: string;
  readonly weighted_locations: readonly { readonly balanced_score: number }[];
}

/** A result at the part of the page that answers best: a section where one stands out, else the page. */
export function hitOf(found: Found): Hit {
  const score = ({ weighted_locations: all }: FoundPart): number => all.reduce((sum, { balanced_score: one }) => sum + one, 0);
  const best = found.sub_results.toSorted((a, b) => score(b) - score(a))[0];
  const title = found.meta.title ?? found.url;
  const { url, excerpt } = best ?? found;
  return { href: url, title, section: best && best.title !== title ? best.title : undefined, excerpt: excerptParts(excerpt) };
}

/**
 * pagefind marks words by `<mark>` and escapes the angle brackets of the text: taken apart here, so that it is never read as HTML.
 * The blank that it leaves where an element ended before a comma goes, too.
 */
export function excerptParts(excerpt: string): Excerpt[] {
  return excerpt.split(/<mark>(.*?)<\/mark>/s)
    .map((text, index) => ({ text: text.replace(/ +(?=[,.;:)])/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('\u200b', ''), marked: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
