import type { Scene } from '../../../src/lab/check.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Entry, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Fact, type Verdict } from '../../../src/lab/verdict.ts';
import { compiled } from './conditions.ts';
import { names, pidOf, stillThere, type Job } from './jobs.ts';
import { asPlace, changed, lookAt, misplaced, seen, shown, tree, type Place } from './tree.ts';

const table = `${tree}/arch/x86/entry/syscalls/syscall`;

/** In the shell: the number of the call in which a process sleeps, and the row of the table for it. */
const ROW = (pid: string): string => `number=$(cut -d ' ' -f 1 /proc/${pid}/syscall)
entry=$(awk -v number="$number" '$1 == number {print $4}' ${table}_32.tbl)
name=\${entry#sys_}`;

const DEFINED = "^SYSCALL_DEFINE[0-6][(]$name[,)]";

const look = (job: Job, { entries, baseline }: Scene): Record<string, string> => {
  const pid = pidOf(baseline, job);
  return {
    [`${job}-there`]: stillThere(job, pid),
    [`${job}-row`]: `${ROW(pid)}\necho "$number $name"\nawk -v entry="$entry" '$4 == entry && $2 != "x32" {print $1}' ${table}_64.tbl`,
    [`${job}-source`]: `${ROW(pid)}\ncd ${tree} && file=$(grep -rlE "${DEFINED}" . | head -n 1) && echo "$file" && grep -nE "^#|${DEFINED}" "$file"`,
    [`${job}-stack`]: `grep -o '__ia32_sys_[a-z0-9_]*' /proc/${pid}/stack`,
    [`${job}-look`]: lookAt(asPlace(entered(entries, `${job}-place`))),
  };
};

const probe = (scene: Scene): string => sectionScript(scene.nonce, {
  options: "zcat /proc/config.gz | sed -n 's/=y$//p'",
  ...Object.assign({}, ...names.map((job) => look(job, scene))) as Record<string, string>,
});

/** The definitions of a job's call: all of them, and those that this kernel was compiled from. */
function definitions(found: Sections, job: Job): { readonly all: Place[]; readonly built: Place[] } {
  const [file = '', ...numbered] = found.lines(`${job}-source`);
  const path = file.replace(/^\.\//, '');
  const at = (line: number): Place => ({ path, line });
  return {
    all: numbered.filter((line) => !/^\d+:#/.test(line)).map((line) => at(Number(line.split(':', 1)[0]))),
    built: compiled(numbered, new Set(found.lines('options'))).map(({ number }) => at(number)),
  };
}

function judged(job: Job, found: Sections, { entries, baseline }: Scene): Verdict | Fact {
  const pid = pidOf(baseline, job);
  if (!baseline.split('\n').includes(found.text(`${job}-there`))) return fail(`${job} does not run any more.`, 'Its evidence is gone with it. Restart the lab, and leave the three alone.');
  const [row = '', sixtyFour = ''] = found.lines(`${job}-row`);
  const [number = '', name = ''] = row.split(' ');
  const stack = found.text(`${job}-stack`);
  if (!/^\d+$/.test(number) || stack !== `__ia32_sys_${name}`) return fail(`${job} is not asleep in its call just now.`, 'If you have stopped it, let it continue with the signal CONT, and check again.');
  const given = entered(entries, `${job}-number`);
  if (given === '') return fail(`The number of the call in which ${job} sleeps is not recorded yet.`, '`/proc/PID/syscall` shows it, for the process with that PID.');
  if (given !== number) {
    return fail(`${job} does not sleep in system call ${given}.`, given === sixtyFour
      ? 'That is the number of this call in the table of 64-bit programs. Each architecture counts by itself.'
      : 'The number is the first field of `/proc/PID/syscall`; the others are its arguments, the stack and the instruction.');
  }
  const text = entered(entries, `${job}-place`);
  if (text === '') return fail(`The place of the call of ${job} is not recorded yet.`, 'The table of system calls turns the number into the name of an entry point; the entry point without `sys_` is what the macro defines.');
  const place = asPlace(text);
  if (place === undefined) return fail(`"${text}" is no place.`, 'A place is a file of the tree, a colon and a number.');
  if (place.path.endsWith('.tbl')) return fail(`${shown(place)} is a line of a table.`, 'The table gives the name of the entry point, and a script turns it into code. What is asked for is C: where the entry point of that name is defined.');
  const { all, built } = definitions(found, job);
  if (built.length !== 1) return changed;
  const what = seen(found.text(`${job}-look`));
  const isAt = (other: Place): boolean => shown(other) === shown(place);
  if (all.some(isAt) && !built.some(isAt)) {
    return fail(`This kernel was not compiled from ${shown(place)}.`, `The call has ${all.length} definitions, and conditions of the preprocessor choose one. Read up to the next \`#if\` or \`#elif\`, and look for its option in \`/proc/config.gz\`.`);
  }
  const [, defined = ''] = /^(?:COMPAT_)?SYSCALL_DEFINE\d\((\w+)/.exec(what.text) ?? [];
  if (defined !== '' && defined !== name) {
    return fail(`${shown(place)} defines ${defined}.`, 'The third column of the table is the name that programs use, the fourth the entry point in the kernel. They are not always the same word: follow the fourth.');
  }
  const wrong = misplaced(place, what, built, name);
  if (wrong !== undefined) return wrong;
  return { statement: `${job} (pid ${pid}) sleeps in system call ${number}. Its code begins at ${shown(place)}, and its stack names ${stack}.`, command: `cat /proc/${pid}/syscall /proc/${pid}/stack` };
}

function verdict(found: Sections, scene: Scene): Verdict {
  const facts: Fact[] = [];
  for (const job of names) {
    const one = judged(job, found, scene);
    if ('kind' in one) return one;
    facts.push(one);
  }
  return pass(facts);
}

/** A script that prints a definition of the job's call: of all that grep finds, the one that `choose` picks. */
const definition = (job: Job, choose: string, pattern = DEFINED): Entry => ({ run: `${ROW(`$(pgrep -x ${job})`)}\ncd ${tree}\ngrep -rnE "${pattern}" . | ${choose} | cut -d : -f 1-2` });
/** For clone the first of four is compiled, for sigsuspend the second of two. */
const lastOfSigsuspend = 'if [ "$number" = 72 ]; then tail -n 1; else head -n 1; fi';
const firstOfSigsuspend = 'if [ "$number" = 72 ]; then head -n 1; else tail -n 1; fi';
const right: Readonly<Record<string, Entry>> = Object.assign({}, ...names.map((job) => ({
  [`${job}-number`]: { run: `cut -d ' ' -f 1 /proc/$(pgrep -x ${job})/syscall` },
  [`${job}-place`]: definition(job, lastOfSigsuspend),
}))) as Record<string, Entry>;

export const hung: Step = {
  id: 'hung',
  title: 'Three that hang',
  fields: names.flatMap((job) => [
    { kind: 'line', id: `${job}-number`, label: `${job}: number of the system call` },
    { kind: 'line', id: `${job}-place`, label: `${job}: where it is defined (file:line)` },
  ] as const),
  check: { probe: { kind: 'guest', script: probe }, expect: ({ stdout }, scene) => verdict(new Sections(scene.nonce, stdout), scene) },
  hints: [
    '`pgrep -x NAME` prints the pid. In its folder in `/proc`, the file `syscall` begins with the number of the call, and the file `stack` names the functions it has gone through.',
    'Find the line of `syscall_32.tbl` that begins with this number. Its fourth column is the entry point: without `sys_` it is what a `SYSCALL_DEFINE` somewhere in the tree defines.',
    'One of the three calls has several definitions. Read the `#ifdef` lines round them, and ask `zcat /proc/config.gz` which of the options is set.',
  ],
  solution: {
    type: ["for j in intake ledger outbox; do cut -d ' ' -f 1 /proc/$(pgrep -x $j)/syscall; done", "zcat /proc/config.gz | grep -E 'CLONE_BACKWARDS|OLD_SIGSUSPEND'"],
    enter: right,
  },
  wrong: [
    { name: 'a number from nowhere', enter: { 'intake-number': '999' }, hint: 'the others are its arguments' },
    { name: 'the number of 64-bit programs', enter: { ...right, 'intake-number': { run: `${ROW('$(pgrep -x intake)')}\nawk -v entry="$entry" '$4 == entry && $2 != "x32" {print $1}' ${table}_64.tbl` } }, hint: 'Each architecture counts by itself' },
    { name: 'a name for a place', enter: { ...right, 'intake-place': 'sys_read' }, hint: 'a file of the tree, a colon and a number' },
    { name: 'the line in the table', enter: { ...right, 'intake-place': { run: `${ROW('$(pgrep -x intake)')}\ncd ${tree}\ngrep -nE "^$number[^0-9]" /dev/null arch/x86/entry/syscalls/syscall_32.tbl | cut -d : -f 1-2` } }, hint: 'gives the name of the entry point' },
    { name: 'the branch that was left out', enter: { ...right, 'ledger-place': definition('ledger', firstOfSigsuspend) }, hint: 'conditions of the preprocessor choose one' },
    { name: 'the name instead of the entry point', enter: { ...right, 'outbox-place': definition('outbox', 'tail -n 1', '^(COMPAT_)?SYSCALL_DEFINE4[(]rt_sigtimedwait_time$([ "$number" = 177 ] && echo 64 || echo 32)[,)]') }, hint: 'follow the fourth' },
  ],
};
