/** What a stamp tells of the work in a page: counts of one pass, and the seconds in which its lab was typed without thinking. */
interface Work {
  readonly checks: number;
  readonly attempts: number;
  readonly commands: number;
  readonly seconds?: number;
}

/** What proving a page costs, in units of one look at the machine; its start counts as ten, and a second of the lab (boots, builds) as ten: it comes again in wrong attempts. */
export const cost = ({ checks, attempts, commands, seconds = 0 }: Work): number => 10 + checks + attempts + commands + 10 * seconds;

/** What a lab costs through its page, in seconds: a browser's machine is half as fast, and the page is opened first. */
export const pageCost = ({ seconds = 0 }: Work): number => 20 + 2 * seconds;

/**
 * As many of `items` as fit into `budget`, beginning at a place that `seed` chooses, so that another commit tries others.
 * The first one is always taken.
 */
export function sample<T>(items: readonly T[], costOf: (item: T) => number, budget: number, seed: number): T[] {
  const from = items.length === 0 ? 0 : seed % items.length;
  const taken: T[] = [];
  let left = budget;
  for (const item of [...items.slice(from), ...items.slice(0, from)]) {
    if (taken.length > 0 && costOf(item) > left) continue;
    taken.push(item);
    left -= costOf(item);
  }
  return items.filter((item) => taken.includes(item));
}
