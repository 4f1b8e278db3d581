export interface NamedPage {
  readonly href: string;
  readonly title: string;
}

/** Words of an address that say nothing of what somebody looked for. */
const EMPTY = new Set(['index', 'html', 'htm', 'md', 'mdx', 'page', '404', 'the', 'and', 'of', 'a', 'to']);

/** `/boot/Slow-boot.html` → `boot`, `slow`, `boot`. */
export function addressWords(path: string): string[] {
  let plain = path;
  try {
    plain = decodeURIComponent(path);
  } catch {
    // a stray % in it: the address is read as it stands
  }
  return plain.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1 && !EMPTY.has(word));
}

/** The pages that share the most with an address, the nearest first; none where they share nothing. `base` is the path of the site. */
export function nearPages(path: string, pages: readonly NamedPage[], base: string): NamedPage[] {
  const asked = addressWords(path.startsWith(base) ? path.slice(base.length) : path);
  const near = (page: NamedPage): number => {
    const words = [...addressWords(page.href.slice(base.length)), ...addressWords(page.title)];
    return asked.reduce((sum, word) => sum + Math.max(0, ...words.map((other) => likeness(word, other))), 0);
  };
  return pages.map((page) => ({ page, score: near(page) })).filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score).slice(0, 5).map(({ page }) => page);
}

/** 1 for the same word; less for the beginning of it, and for one or two letters that differ. */
function likeness(a: string, b: string): number {
  if (a === b) return 1;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length > 2 && long.startsWith(short)) return 0.8;
  const slips = short.length < 4 ? 0 : short.length < 7 ? 1 : 2;
  return slips > 0 && long.length - short.length <= slips && distance(a, b) <= slips ? 0.6 : 0;
}

/** Letters to change, add, leave out or swap until one word is the other. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity;
      row[j] = Math.min(at(i - 1, j) + 1, (row[j - 1] ?? Infinity) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1), swapped);
    }
  }
  return at(a.length, b.length);
}
