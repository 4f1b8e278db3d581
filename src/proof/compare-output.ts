import { ELLIPSIS } from '../lab/console-block.ts';
import { linePattern } from '../lab/mask.ts';

/** The first place where shown output and printed output part: indexes of lines, and what stands there. */
export interface Difference {
  readonly shown: number;
  readonly printed: number;
  readonly expected: string;
  readonly found: string;
}

const nothing = 'nothing more';

/** Compares line by line: a line with masks stands for any values of their shapes, a lone `…` for one or more lines. */
export function compareOutput(shown: readonly string[], printed: readonly string[]): Difference | undefined {
  const patterns = shown.map((line) => (line.trim() === ELLIPSIS ? undefined : linePattern(line)));
  let furthest: Difference = { shown: -1, printed: -1, expected: '', found: '' };
  const match = (at: number, line: number): boolean => {
    if (at === shown.length && line === printed.length) return true;
    const pattern = patterns[at];
    if (at < shown.length && pattern === undefined) {
      // the nearest continuation first: what follows `…` is found where it first occurs, or later
      for (let next = line + 1; next <= printed.length; next++) if (match(at + 1, next)) return true;
      if (line < printed.length) return false;
    } else if (pattern?.test(printed[line] ?? '\n') === true) return match(at + 1, line + 1);
    if (at > furthest.shown) furthest = { shown: at, printed: line, expected: shown[at] ?? nothing, found: printed[line] ?? nothing };
    return false;
  };
  return match(0, 0) ? undefined : furthest;
}
