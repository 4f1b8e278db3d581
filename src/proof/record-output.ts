import { ELLIPSIS, sessionLine } from '../lab/console-block.ts';
import { linePattern, literal, maskSource, pieces } from '../lab/mask.ts';
import { compareOutput } from './compare-output.ts';

/**
 * What a page should show when the machine prints `printed`: the lines as they are where they fit, new ones elsewhere, with the
 * masks and ellipses of the old ones. Output that fits is returned unchanged, old values of its masks included.
 */
export function recordOutput(shown: readonly string[], printed: readonly string[]): string[] {
  if (compareOutput(shown, printed) === undefined) return [...shown];
  const recorded: string[] = [];
  let [at, line] = [0, 0];
  for (const [nextAt, nextLine] of [...commonLines(shown, printed), [shown.length, printed.length] as const]) {
    recorded.push(...gap(shown.slice(at, nextAt), printed.slice(line, nextLine)), ...shown.slice(nextAt, nextAt + 1));
    [at, line] = [nextAt + 1, nextLine + 1];
  }
  return recorded;
}

/** The first line that a page would take for a command: printed by the machine, and begun like a prompt. */
export const likePrompt = (recorded: readonly string[]): string | undefined =>
  recorded.find((line) => sessionLine(line, undefined).kind === 'command');

/** The longest common run of lines in order: pairs of indexes. */
function commonLines(shown: readonly string[], printed: readonly string[]): [number, number][] {
  const fits = shown.map((text) => (text.trim() === ELLIPSIS ? () => false : (line: string) => linePattern(text).test(line)));
  const width = printed.length + 1;
  const longest = new Uint32Array((shown.length + 1) * width);
  const length = (at: number, line: number): number => longest[at * width + line] ?? 0;
  for (let at = shown.length - 1; at >= 0; at--) {
    for (let line = printed.length - 1; line >= 0; line--) {
      longest[at * width + line] = fits[at]?.(printed[line] ?? '') ? length(at + 1, line + 1) + 1 : Math.max(length(at + 1, line), length(at, line + 1));
    }
  }
  const pairs: [number, number][] = [];
  let [at, line] = [0, 0];
  while (at < shown.length && line < printed.length) {
    if (fits[at]?.(printed[line] ?? '') && length(at, line) === length(at + 1, line + 1) + 1) pairs.push([at++, line++]);
    else if (length(at + 1, line) >= length(at, line + 1)) at++;
    else line++;
  }
  return pairs;
}

/** Shown lines that no longer fit, and the printed ones in their place. */
function gap(shown: readonly string[], printed: readonly string[]): string[] {
  const hole = shown.findIndex((text) => text.trim() === ELLIPSIS);
  if (hole === -1) return printed.map((line) => masked(line, shown));
  const head = printed.slice(0, hole);
  const tail = printed.slice(Math.max(head.length, printed.length - (shown.length - hole - 1)));
  const left = printed.length > head.length + tail.length ? [shown[hole] ?? ELLIPSIS] : [];
  return [...head.map((line) => masked(line, shown)), ...left, ...tail.map((line) => masked(line, shown))];
}

/** The line with the masks of the first old line whose masks all find their place in it. */
function masked(line: string, old: readonly string[]): string {
  for (const text of old) {
    const carried = carry(line, text);
    if (carried !== undefined) return carried;
  }
  return line;
}

/** How many characters before and behind a mask must be the same for it to be carried over. */
const context = { before: 4, behind: 1 };

function carry(line: string, old: string): string | undefined {
  const parts = pieces(old);
  if (!parts.some(({ varies }) => varies)) return undefined;
  let result = '';
  let rest = line;
  for (const [index, { text, varies }] of parts.entries()) {
    if (!varies) continue;
    const before = literal((parts[index - 1]?.text ?? '').slice(-context.before));
    const after = literal((parts[index + 1]?.text ?? '').slice(0, context.behind));
    const start = index === 0 ? '^' : '';
    const match = new RegExp(`${start}(${before})(${maskSource(text) ?? literal(text)})(?=${after || '$'})`).exec(rest);
    if (match === null) return undefined;
    result += `${rest.slice(0, match.index)}${match[1] ?? ''}⟨${match[2] ?? ''}⟩`;
    rest = rest.slice(match.index + match[0].length);
  }
  return result + rest;
}
