import type { Scene } from '../../../src/lab/check.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import type { Step, WrongAttempt } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { asPlace, assembly, cFunction, changed, misplaced, places, seen, shown, systemCall, tree, type Place, type Seen } from './tree.ts';

export const report = '/root/places';

interface Target {
  readonly word: string;
  readonly is: string;
  /** What is defined at the place, as a pattern. */
  readonly name: string;
  /** A piece that prints the definition as `grep -n` does. */
  readonly find: string;
  /** The definition of something else, and what that is. */
  readonly other?: readonly [text: RegExp, hint: string];
}

/** The last function on the stack of a program that reads its own: the door by which it came in. */
const DOOR = "door=$(cat /proc/self/stack | sed -n '$s/.* \\([A-Za-z0-9_]*\\)+.*/\\1/p')";

const targets: readonly Target[] = [
  { word: 'boot', is: 'the first C function of every architecture', name: 'start_kernel', find: cFunction('start_kernel') },
  {
    word: 'read', is: 'the system call read', name: 'read', find: systemCall('read'),
    other: [/^ssize_t \w+_read\(/, 'That is a helper, which other parts of the kernel call as well. The system call itself is defined by a macro that has the number of its arguments in its name.'],
  },
  {
    word: 'pages', is: 'the heart of the page allocator', name: '__alloc_pages_noprof', find: cFunction('__alloc_pages_noprof'),
    other: [/^__alloc_pages_\w+\(.*,$/, 'A name that goes on is another function: `_slowpath` is asked when the first try has failed. `/proc/kallsyms` says what `__alloc_pages` is called in this kernel.'],
  },
  {
    word: 'door', is: 'the door by which programs of this machine come in', name: 'entry_\\w+_32', find: `${DOOR}\n${assembly('$door')}`,
    other: [/^SYM_FUNC_START\(entry_INT80_32\)/, 'That door is there, and is used by programs that say `int $0x80` themselves. Which one did `cat` take? Its own stack says it, in the last line.'],
  },
  { word: 'objects', is: 'the entry of SLUB', name: 'kmem_cache_alloc_noprof', find: cFunction('kmem_cache_alloc_noprof') },
];

/** For each line of the report whose file exists: its word, how many lines the file has, and the line's text. */
const LOOK = `head -n 20 ${report} | sed 's,\\(${tree}\\|linux-6.12\\|[.]\\)/,,' | while read -r word place more; do
  path=\${place%%:*}; line=\${place#*:}; line=\${line%%:*}
  case $path in ''|/*|*..*) continue;; esac
  case $line in ''|*[!0-9]*) continue;; esac
  [ -f "${tree}/$path" ] && printf '%s %s %s\\n' "$word" "$(wc -l <"${tree}/$path")" "$(sed -n "\${line}p" "${tree}/$path")"
done; :`;

function looked(output: string, word: string): Seen {
  const [, lines = '', text = ''] = new RegExp(`^${word} (\\d+) ?(.*)$`, 'm').exec(output) ?? [];
  return seen(`${lines}\n${text}`);
}

function judged({ word, name, other }: Target, place: Place, found: Sections): Verdict | undefined {
  const look = looked(found.text('look'), word);
  const right = places(found.text(word));
  if (right.length === 0) return changed;
  const wrong = misplaced(place, look, right, name);
  return wrong?.kind === 'fail' && other?.[0].test(look.text) === true ? fail(wrong.because, other[1]) : wrong;
}

function verdict(found: Sections): Verdict {
  const lines = found.lines('report').map((line) => /^\s*(\S+)\s*(.*)$/.exec(line) ?? []).map(([, word = '', place = '']) => ({ word, place }));
  if (lines.length === 0) return fail(`There is no ${report} yet, or it is empty.`, 'Five lines, each with a word of the table, a blank and a place: file, colon, line.');
  const strange = lines.find(({ word }) => !targets.some((target) => target.word === word));
  if (strange !== undefined) return fail(`"${strange.word}" is no word of the table.`, `Each line of ${report} begins with one of ${targets.map(({ word }) => word).join(', ')}; nothing else belongs into it.`);
  const good: [Target, Place][] = [];
  for (const target of targets) {
    const [given, second] = lines.filter(({ word }) => word === target.word);
    if (given === undefined) continue;
    if (second !== undefined) return fail(`${target.word} is there more than once.`, 'One place for each word. Where grep finds several lines, the choice is the work.');
    const place = asPlace(given.place);
    if (place === undefined) return fail(`"${given.place}" is no place.`, 'A place is a path below the tree, a colon and a line number, as `grep -n` prints it when it searches several files.');
    const wrong = judged(target, place, found);
    if (wrong !== undefined) return { ...wrong, ...(wrong.kind === 'fail' && { because: `${target.word}: ${wrong.because}` }) };
    good.push([target, place]);
  }
  const missing = targets.find(({ word }) => !lines.some((line) => line.word === word));
  if (missing !== undefined) return fail(`The line of ${missing.word} is missing.`, `Wanted is ${missing.is}. What is there is right, and this word is still without a line.`);
  return pass(good.map(([target, place]) => ({ statement: `${target.is.replace(/^./, (letter) => letter.toUpperCase())}: ${shown(place)}.`, command: `sed -n ${place.line}p ${tree}/${place.path}` })));
}

const probe = ({ nonce }: Scene): string => sectionScript(nonce, {
  report: `head -c 4000 ${report}`,
  look: LOOK,
  ...Object.fromEntries(targets.map(({ word, find }) => [word, find])),
});

const write = (word: string, pattern: string, where: string): string => `echo "${word} $(grep -rn '${pattern}' ${where} | cut -d : -f 1-2)" >>${report}`;
const solution = [
  `cd ${tree}`,
  write('boot', '^void start_kernel', 'init'),
  write('read', '^SYSCALL_DEFINE3(read,', 'fs'),
  write('pages', '^struct page .__alloc_pages_noprof', 'mm'),
  write('door', '^SYM_FUNC_START(entry_SYSENTER_32)', 'arch'),
  write('objects', '^void .kmem_cache_alloc_noprof', 'mm'),
];
const wrong = (name: string, hint: string, ...type: string[]): WrongAttempt => ({ name, type: [...(type.some((line) => line.includes('grep')) ? [`cd ${tree}`] : []), ...type], hint, undo: [`rm -f ${report}`] });

export const fivePlaces: Step = {
  id: 'places',
  title: 'Five places',
  check: { probe: { kind: 'guest', script: probe }, expect: ({ stdout }, { nonce }) => verdict(new Sections(nonce, stdout)) },
  hints: [
    '`grep -rn NAME .` in the tree shows every mention. The definition is the one that begins in the first column, has no semicolon and is followed by a body.',
    'A caret in the pattern means the beginning of a line, and throws most mentions out at once. System calls begin with `SYSCALL_DEFINE`, functions in assembly with `SYM_FUNC_START`.',
    'For `pages` and `objects`, ask the running kernel first: `grep __alloc_pages /proc/kallsyms`. Two of its names end with `_noprof`.',
  ],
  solution: { type: solution },
  wrong: [
    wrong('the file of the books', 'removed in 6.8', `echo objects mm/slab.c:3270 >${report}`),
    wrong('an older one still', 'removed in 6.4', `echo objects mm/slob.c:617 >${report}`),
    wrong('all that grep finds', 'nothing else belongs into it', `grep -rn start_kernel . >${report}`),
    wrong('a sentence', 'when it searches several files', `echo boot somewhere in init >${report}`),
    wrong('two places', 'the choice is the work', `echo boot init/main.c:1 >${report}`, `echo boot init/main.c:2 >>${report}`),
    wrong('one of five', 'still without a line', write('boot', '^void start_kernel', 'init')),
    wrong('a comment', 'somebody mentions the name there', write('boot', '^ [*].*start_kernel', 'init')),
    wrong('the attributes above it', 'You are a few lines off', write('boot', '^asmlinkage.*__no_stack_protector$', 'init')),
    wrong('a line of an article', 'those of another version', `echo boot init/main.c:29874 >${report}`),
    wrong('the helper', 'a helper, which other parts', write('read', '^ssize_t ksys_read', 'fs')),
    wrong('the file alone', 'does not hold what you look for', `echo read fs/read_write.c:1 >${report}`),
    wrong('the slow path', 'A name that goes on', write('pages', '^__alloc_pages_slowpath', 'mm')),
    wrong('the export', 'lets modules use the function', write('pages', '^EXPORT_SYMBOL(__alloc_pages_noprof', 'mm')),
    wrong('a call', 'a use of the name', write('pages', 'struct page .page = __alloc_pages_noprof', 'mm')),
    wrong('the other door', 'Which one did `cat` take', write('door', '^SYM_FUNC_START(entry_INT80_32)', 'arch')),
    wrong('a file that is not there', 'Only a part of the source is here', `echo door arch/x86/entry/entry.S:1 >${report}`),
  ],
};
