/**
 * A mask is a piece of shown output that differs from run to run, in brackets: `[⟨    2.904318⟩] LSM: …`. The page shows the
 * value without the brackets; the proof takes any value of the same shape, and blanks for its padding.
 */
export interface Piece {
  readonly text: string;
  readonly varies: boolean;
}

const mask = /⟨([^⟩]*)⟩/g;

/** What a mask may stand for: one value, of the first of these shapes that it has. */
const shapes: readonly RegExp[] = [
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/,
  /\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/,
  /(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]?\d(?: \d\d:\d\d(?::\d\d)?(?: UTC)?)?(?: \d{4})?/,
  /(?:\d+(?:d|h|min) )*\d+(?:\.\d+)?(?:us|ms|s|min|h)/, // a time span of systemd.time(7): a slower boot takes 1min 2.5s
  /\d+:\d\d(?::\d\d)?(?:\.\d+)?/,
  /\d{1,3}(?:\.\d{1,3}){3}/,
  /[0-9a-f]{2}(?::[0-9a-f]{2}){5}/,
  /[+-]?\d+/,
  /[+-]?\d+[.,]\d+/,
  /[+-]?\d+(?:[.,]\d+)?[%A-Za-z]{1,3}/,
  /0x[0-9a-f]+/,
  /[0-9a-f]{4,}/,
];

const shapeOf = (value: string): RegExp | undefined => shapes.find((shape) => new RegExp(`^(?:${shape.source})$`).test(value.trim()));

/** A line's text, part by part. */
export function pieces(line: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of line.matchAll(mask)) {
    if (match.index > at) found.push({ text: line.slice(at, match.index), varies: false });
    found.push({ text: match[1] ?? '', varies: true });
    at = match.index + match[0].length;
  }
  if (at < line.length) found.push({ text: line.slice(at), varies: false });
  return found;
}

/** The line as the reader sees it. */
export const unmasked = (line: string): string => pieces(line).map(({ text }) => text).join('');

/** What is wrong with a line's masks: what was found, and how to mend it. */
export function maskFault(line: string): { readonly found: string; readonly mend: string } | undefined {
  if (/[⟨⟩]/.test(unmasked(line))) return { found: `a bracket without its other half in "${line}"`, mend: 'Write ⟨ and ⟩ round the one value that varies.' };
  const wide = pieces(line).find(({ text, varies }) => varies && shapeOf(text) === undefined);
  if (wide === undefined) return undefined;
  return wide.text.trim() === unmasked(line).trim()
    ? { found: `a mask as wide as the line: "${wide.text}"`, mend: `Mask only the values that vary, or leave the whole line out with ${'…'}.` }
    : { found: `the mask "${wide.text}"`, mend: 'Mask one number, time, date, address or identifier at a time: words do not vary.' };
}

/** A regular expression's source for the values that a mask may stand for, padding included; undefined for a mask that is none. */
export function maskSource(text: string): string | undefined {
  const shape = shapeOf(text);
  const blank = (padded: boolean): string => (padded ? ' *' : '');
  return shape && `${blank(/^ /.test(text))}(?:${shape.source})${blank(/ $/.test(text))}`;
}

export const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** What the machine may print for this line; blanks at its end do not count. A column keeps its width where the padding is masked with the value. */
export function linePattern(line: string): RegExp {
  const parts = pieces(line.trimEnd()).map(({ text, varies }) => (varies ? maskSource(text) : undefined) ?? literal(text));
  return new RegExp(`^${parts.join('')}\\s*$`);
}
