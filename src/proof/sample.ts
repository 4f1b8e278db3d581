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
 * Where none fits, the cheapest: one is always taken. What alone is dearer than the budget is left to a run of everything.
 */
export function sample<T>(items: readonly T[], costOf: (item: T) => number, budget: number, seed: number): T[] {
  const fit = items.filter((item) => costOf(item) <= budget);
  if (fit.length === 0) return [...items].sort((a, b) => costOf(a) - costOf(b)).slice(0, 1);
  const from = seed % fit.length;
  const taken = new Set<T>();
  let left = budget;
  for (const item of [...fit.slice(from), ...fit.slice(0, from)]) {
    if (costOf(item) > left) continue;
    taken.add(item);
    left -= costOf(item);
  }
  return items.filter((item) => taken.has(item));
}
