import type { Scene } from '../../../src/lab/check.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { shellWord } from '../../../src/lab/shell.ts';
import { entered, type Entry, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Fact, type Verdict } from '../../../src/lab/verdict.ts';
import { asPlace, changed, lookAt, misplaced, places, seen, shown, tree, type Place } from './tree.ts';

interface Message {
  /** The line in the log, as an extended regular expression for grep. */
  readonly log: string;
  /** How the format string begins in the source. */
  readonly format: string;
  /** A place that holds words of the line and does not print it: a pattern for its text, and what it is. */
  readonly decoy?: readonly [text: RegExp, hint: string];
  /** A piece that makes the kernel say it, where the boot did not. `$who` is a name for the program. */
  readonly provoke?: string;
}

const argument = 'The words stand there, and that line does not print them: it hands them over. Look for a format with `%s` in their place.';

/** Three kinds, one of each is asked: all words in the source; some words an argument; said about a program of tonight. */
const kinds: readonly (readonly Message[])[] = [
  [
    { log: 'Trying to unpack rootfs image as initramfs', format: '"Trying to unpack rootfs image' },
    { log: 'Run /init as init process', format: '"Run %s as init process' },
    { log: 'Kernel command line: ', format: '"Kernel command line: %s' },
    { log: 'Built [0-9]+ zonelists', format: '"Built %u zonelists' },
    { log: 'SLUB: HWalign=', format: '"SLUB: HWalign=%d' },
  ],
  [
    { log: 'Freeing initrd memory', format: '"Freeing %s memory', decoy: [/initrd/, argument] },
    { log: 'Freeing unused kernel image', format: '"Freeing %s memory', decoy: [/free_initmem|kernel_image/, argument] },
    { log: 'NET: Registered PF_PACKET', format: '"NET: Registered %s', decoy: [/PF_PACKET/, argument] },
    {
      log: 'Memory cgroup out of memory: Killed process', format: '"%s: Killed process %d', decoy: [/"Memory cgroup out of memory"/, argument],
      provoke: `mkdir /sys/fs/cgroup/night && echo 8M >/sys/fs/cgroup/night/memory.max
sh -c 'echo $$ >/sys/fs/cgroup/night/cgroup.procs; exec perl -e "\\$0 = shift; my \\$times = 64e6; my \\$much = q(-) x \\$times" "$1"' sh "$who"
rmdir /sys/fs/cgroup/night`,
    },
  ],
  [
    { log: ': segfault at ', format: '"%s%s[%d]: segfault at', provoke: 'perl -e \'$0 = shift; unpack "p", pack "L", 16\' "$who"' },
    { log: 'with NULL argv', format: '"process \'%s\' launched \'%s\' with NULL argv', provoke: 'perl -e \'$0 = shift; my $program = "/bin/true"; syscall 11, $program, 0, 0\' "$who"' },
    {
      log: 'potentially unexpected fatal signal', format: '"%pD: %s: potentially unexpected fatal signal',
      decoy: [/"%s: potentially/, 'Two formats end with these words. Yours names two things in front of them: the file that was executed, and the process.'],
      provoke: `sysctl -q kernel.print-fatal-signals=1
perl -e '$0 = shift; kill ABRT, $$' "$who"
sysctl -q kernel.print-fatal-signals=0`,
    },
  ],
];

const all = kinds.flat();
export const file = '/var/lab/lines';
const fields = ['first', 'second', 'third'] as const;

/** A piece of `prepare`: chooses one message of each kind, lets the kernel say it where it has not, and keeps the lines for the reader. */
export const CHOOSE = `who=mailer-$(echo "$NONCE" | cut -c 1-4)
${kinds.map((messages, kind) => `case $((0x$(echo "$NONCE" | cut -c ${5 + kind}) % ${messages.length})) in
${messages.map(({ log, provoke }, index) => `${index}) ${provoke === undefined ? '' : `${provoke}\n`}dmesg | grep -E ${shellWord(log)} | tail -n 1 >>${file};;`).join('\n')}
esac`).join('\n')}
test "$(wc -l <${file})" = ${kinds.length} || exit 1`;

/** A piece of `baseline`. */
export const LINES = `sed 's/^/log /' ${file}`;

const asked = (baseline: string): { readonly log: string; readonly message: Message }[] =>
  baseline.split('\n').filter((line) => line.startsWith('log ')).map((line) => {
    const log = line.slice('log '.length);
    const message = all.find((one) => new RegExp(one.log).test(log));
    if (message === undefined) throw new Error(`no message is like "${log}"`);
    return { log, message };
  });

const search = ({ format }: Message): string => `cd ${tree} && LC_ALL=C grep -rnF --include='*.[cS]' ${shellWord(format)} .`;

const probe = ({ nonce, baseline, entries }: Scene): string => sectionScript(nonce, Object.fromEntries(asked(baseline).flatMap(({ message }, index) => {
  const field = fields[index] ?? '';
  return [[field, search(message)], [`${field}-look`, lookAt(asPlace(entered(entries, field)))]];
})));

function judged(field: (typeof fields)[number], log: string, message: Message, text: string, found: Sections): Verdict | Place {
  if (text === '') return fail(`The ${field} line has no place yet.`, `It is \`${log.slice(0, 90)}\`. Search for words in it that cannot be values: no names, no numbers.`);
  const place = asPlace(text);
  if (place === undefined) return fail(`"${text}" is no place.`, 'Wanted is the statement that prints the line: a file of the tree, a colon and a number.');
  const look = seen(found.text(`${field}-look`));
  const right = places(found.text(field));
  if (right.length !== 1) return changed;
  if (right.some((one) => shown(one) === shown(place))) return place;
  if (message.decoy?.[0].test(look.text) === true) return fail(`${shown(place)} is \`${look.text}\`.`, message.decoy[1]);
  if (/\b(printk|pr_\w+|panic)\s*\(/.test(look.text)) {
    return fail(`${shown(place)} prints something else: \`${look.text}\`.`, `Lay the format over the ${field} line, word for word: only what stands for a % may differ.`);
  }
  return misplaced(place, look, right, 'a statement that prints') ?? place;
}

function verdict(found: Sections, { entries, baseline }: Scene): Verdict {
  const questions = asked(baseline);
  if (questions.length !== fields.length) return fail(`${file} holds ${questions.length} lines.`, 'It was made with three when the lab began. Restart the lab.');
  const facts: Fact[] = [];
  for (const [index, { log, message }] of questions.entries()) {
    const field = fields[index] ?? 'first';
    const one = judged(field, log, message, entered(entries, field), found);
    if ('kind' in one) return one;
    facts.push({ statement: `"${log.replace(/^\[[^\]]*\] /, '').slice(0, 80)}" is printed by ${shown(one)}.`, command: `sed -n ${one.line}p ${tree}/${one.path}` });
  }
  return pass(facts);
}

/** A script that finds the statement for a line of the file, by trying the formats of its kind. */
const solve = (kind: number): Entry => ({
  run: `log=$(sed -n ${kind + 1}p ${file})\n${(kinds[kind] ?? []).map((message) => `echo "$log" | grep -qE ${shellWord(message.log)} && ${search(message)} | cut -d : -f 1-2`).join('\n')}\n:`,
});
const right = Object.fromEntries(fields.map((field, kind) => [field, solve(kind)]));
const elsewhere = (pattern: string): Entry => ({ run: `cd ${tree} && grep -rnF --include='*.c' ${shellWord(pattern)} . | head -n 1 | cut -d : -f 1-2` });

export const logLines: Step = {
  id: 'lines',
  title: 'From the log to the source',
  fields: fields.map((field) => ({ kind: 'line', id: field, label: `The ${field} line of ${file}: printed at (file:line)` })),
  check: { probe: { kind: 'guest', script: probe }, expect: ({ stdout }, scene) => verdict(new Sections(scene.nonce, stdout), scene) },
  hints: [
    'Take two or three words of the line that no machine and no program could change, and search for them with `grep -rnF`.',
    'In the source, each value is a `%` and a letter. Words can be values too: where a search finds nothing, leave a word out and search for the rest, or for the part behind it.',
    'Names of subsystems in front of a colon, names of programs and reasons are often arguments. `memory: `, `Killed process` and `Registered` are words that stay.',
  ],
  solution: { type: [`cat ${file}`, `cd ${tree} && grep -rnF -e 'Killed process' -e 'Freeing %s' -e 'Registered %s' .`], enter: right },
  wrong: [
    { name: 'a word for a place', enter: { first: 'init/main.c' }, hint: 'the statement that prints the line' },
    { name: 'only the first', enter: { first: solve(0) }, hint: 'no names, no numbers' },
    { name: 'another message', enter: { ...right, second: elsewhere('"Out of memory and no killable') }, hint: 'Lay the format over the second line' },
    { name: 'a place in nothing', enter: { ...right, third: 'net/core/dev.c:1' }, hint: 'names the files that mention' },
  ],
};
