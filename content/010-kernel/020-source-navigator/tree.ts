import { shellWord } from '../../../src/lab/shell.ts';
import { fail, type Verdict } from '../../../src/lab/verdict.ts';

/** The part of the kernel's source that lies in the machine. */
export const tree = '/usr/src/linux-6.12';

/** A line of the tree: a path below it, and a number from 1. */
export interface Place {
  readonly path: string;
  readonly line: number;
}

/** What stands at a place: how many lines the file has (undefined where there is no such file), and the line's text. */
export interface Seen {
  readonly lines: number | undefined;
  readonly text: string;
}

/** Reads `init/main.c:1`, with the tree or `./` in front and with what `grep -n` prints behind the number. Undefined for anything else. */
export function asPlace(text: string): Place | undefined {
  const [, path = '', line = ''] = /^(?:\/usr\/src\/linux-6\.12\/|linux-6\.12\/|\.\/)?(\w[\w./-]*):(\d{1,6})(?::.*)?$/.exec(text.trim()) ?? [];
  return path === '' || path.includes('..') || Number(line) === 0 ? undefined : { path, line: Number(line) };
}

export const shown = ({ path, line }: Place): string => `${path}:${line}`;

/** The places in the output of `grep -n` over the tree. */
export const places = (output: string): Place[] => output.split('\n').flatMap((line) => asPlace(line) ?? []);

const same = (one: Place) => (other: Place): boolean => one.path === other.path && one.line === other.line;

/** A piece that looks at a place; `seen` reads what it prints. */
export const lookAt = (place: Place | undefined): string => (place === undefined
  ? ':'
  : `cd ${tree} && [ -f ${shellWord(place.path)} ] && wc -l <${shellWord(place.path)} && sed -n ${place.line}p ${shellWord(place.path)}`);

export function seen(output: string): Seen {
  const [lines = '', text = ''] = output.split('\n');
  return { lines: /^\d+$/.test(lines.trim()) ? Number(lines) : undefined, text: text.trim() };
}

const search = (pattern: string): string => `cd ${tree} && LC_ALL=C grep -rnE --include='*.[cS]' "${pattern}" .`;

/** Pieces that print where something is defined, as `grep -n` does. The name may be a variable of the shell. */
export const systemCall = (name: string): string => search(`^SYSCALL_DEFINE[0-6][(]${name}[,)]`);
export const cFunction = (name: string): string => search(`^[A-Za-z][^;]*[ *]${name}[(][^;]*$`);
export const assembly = (name: string): string => search(`^SYM_FUNC_START[(]${name}[)]`);

/** Files that books and articles name, and that are gone: [file, what became of it]. Source: the history of mm/ in Linux 6.4 and 6.8. */
const gone = new Map([
  ['mm/slab.c', '`mm/slab.c` was removed in 6.8: SLAB is gone, and SLUB is the only allocator of small objects that is left. Look into `mm/slub.c`.'],
  ['mm/slob.c', '`mm/slob.c` was removed in 6.4, long before this kernel. What is left is SLUB.'],
]);

/** For a tree in which a definition is gone that was there when the lab began. */
export const changed: Verdict = fail(`The source in ${tree} is not what it was.`, 'A file was changed or removed. Restart the lab, and read with `less`, which cannot write.');

/** Why a place is not one of those that are right; undefined when it is. `name` is what is defined there, as a pattern. */
export function misplaced(given: Place, { lines, text }: Seen, right: readonly Place[], name: string): Verdict | undefined {
  if (right.some(same(given))) return undefined;
  const because = `${shown(given)} is not the place: ${text === '' ? 'nothing stands there' : `that line reads \`${text}\``}.`;
  const past = gone.get(given.path);
  if (past !== undefined && lines === undefined) return fail(`There is no ${given.path} in 6.12.`, past);
  if (lines === undefined) return fail(`There is no ${given.path} in ${tree}.`, 'Only a part of the source is here, and `grep -rl` names the files that mention something. A path from memory may belong to another version.');
  if (given.line > lines) return fail(`${given.path} has ${lines} lines.`, 'Take the number from the output of `grep -n` in this tree: numbers from a web page are those of another version.');
  if (right.some(({ path, line }) => path === given.path && Math.abs(line - given.line) <= 4)) {
    return fail(because, 'You are a few lines off. The place is the line with the name or the statement itself, not one of those around it: a type or an attribute may have a line of its own.');
  }
  if (!new RegExp(`\\b${name}\\b`).test(text)) return fail(because, 'That line does not hold what you look for. Search with `grep -n`, and read each line that comes.');
  if (/^(\/?\*|\/\/)/.test(text)) return fail(because, 'That is a comment: somebody mentions the name there. A comment is not compiled, and it may be older than the code beside it.');
  if (/^EXPORT_SYMBOL/.test(text)) return fail(because, 'That line lets modules use the function. It stands behind the end of the function.');
  if (/^COMPAT_/.test(text)) return fail(because, 'COMPAT_ marks the second definition of a call, for 32-bit programs on a 64-bit kernel. This kernel is 32-bit itself, and leaves it out.');
  return fail(because, 'That is a use of the name, or a declaration. A definition begins in the first column, and its line does not end with a semicolon.');
}
