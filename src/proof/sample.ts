/** What proving a page costs, in units of one look at the machine; the machine's start counts as ten. */
export const cost = ({ checks, attempts, commands }: { readonly checks: number; readonly attempts: number; readonly commands: number }): number =>
  10 + checks + attempts + commands;

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
