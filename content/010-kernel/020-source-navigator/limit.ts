import type { Scene } from '../../../src/lab/check.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { asPlace, changed, lookAt, misplaced, places, seen, shown, tree } from './tree.ts';

export const trace = '/root/limit.trace';
const witness = '/sys/kernel/tracing/instances/limits';

/** A piece of `prepare`: the border of this start, and a trace buffer that keeps each refused prlimit64. EPERM is 1. */
export const BORDER = `sysctl -q -w fs.nr_open=$((600001 + 2 * (0x$(echo "$NONCE" | cut -c 1-5) % 200000)))
mkdir ${witness}
echo 16 >${witness}/buffer_size_kb
echo 'ret == -1' >${witness}/events/syscalls/sys_exit_prlimit64/filter
echo 1 >${witness}/events/syscalls/sys_exit_prlimit64/enable`;

/** A piece of `baseline`. */
export const OPEN = 'echo "nr_open $(sysctl -n fs.nr_open)"';

/** In do_prlimit the condition that names the border; the answer stands below it. */
const ANSWER = `cd ${tree} && awk '/sysctl_nr_open\\)/ {border = 1} border && /return/ {print FILENAME ":" FNR ":" $0; exit}' kernel/sys.c`;

const probe = ({ nonce, entries }: Scene): string => sectionScript(nonce, {
  trace: `head -c 60000 ${trace}`,
  refused: `cat ${witness}/trace`,
  border: 'sysctl -n fs.nr_open',
  answer: ANSWER,
  look: lookAt(asPlace(entered(entries, 'limit-place'))),
});

interface Ask {
  readonly pid: string;
  readonly limit: number;
  readonly result: string;
}

/** strace writes 1048576 as 1024*1024. */
const product = (text: string): number => text.split('*').reduce((value, factor) => value * Number(factor), 1);

const asks = (text: string): Ask[] =>
  [...text.matchAll(/^(\d+) +prlimit64\([^,]*, RLIMIT_NOFILE, \{rlim_cur=[^,]*, rlim_max=([\d*]+)\}.*\) += (0|-1 \w+)/gm)]
    .map(([, pid = '', limit = '', result = '']) => ({ pid, limit: product(limit), result }));

function verdict(found: Sections, { entries, baseline }: Scene): Verdict {
  const border = Number(/^nr_open (\d+)$/m.exec(baseline)?.[1]);
  const now = found.text('border');
  if (now !== String(border)) return fail(`fs.nr_open is ${now} now, and was ${border}.`, 'A moved border answers the incident and not the question. Set it back, and look where the kernel draws the line.');
  const text = found.text('trace');
  if (text === '') return fail(`There is no ${trace} yet, or it is empty.`, '`strace -f -o FILE COMMAND` writes one. `prlimit --nofile=SOFT:HARD COMMAND` sets the limit of open files and runs a command.');
  const all = asks(text);
  if (all.length === 0) return fail('The trace shows nobody who sets the limit of open files.', 'Look for prlimit64 with RLIMIT_NOFILE and two numbers, with the number of the process in front of it. `strace` writes that number with `-f`.');
  const refused = all.filter(({ result }) => result === '-1 EPERM');
  if (refused.length === 0) {
    return all.some(({ result }) => result === '-1 EINVAL')
      ? fail('The call was refused with EINVAL.', 'That is the rule above: a soft limit over the hard one. Set both to the same number.')
      : fail(`Nobody was refused: ${all.map(({ limit }) => limit).join(', ')} was accepted.`, 'Ask for more than the source allows. The variable in the condition is a sysctl, and its name is close to that of the variable.');
  }
  const below = refused.find(({ limit }) => limit <= border);
  if (below !== undefined) return fail(`${below.limit} was refused, and it is not over the border.`, 'That is the other EPERM of this function, for somebody who raises a hard limit without CAP_SYS_RESOURCE. Ask as root.');
  const witnessed = new Set([...found.text('refused').matchAll(/-(\d+)\s+\[\d+\].*sys_prlimit64 -> 0xffffffff/g)].map(([, pid]) => pid));
  const unseen = refused.find(({ pid }) => !witnessed.has(pid));
  if (unseen !== undefined) return fail(`The kernel knows of no refusal of process ${unseen.pid}.`, 'Its own tracer keeps each refused prlimit64 of this session. Let it refuse here, and leave the file as `strace` wrote it.');
  const most = Math.max(...all.filter(({ result }) => result === '0').map(({ limit }) => limit), 0);
  const least = Math.min(...refused.map(({ limit }) => limit));
  if (most !== border || least !== border + 1) {
    return fail(most === 0 ? `${least} was refused, and nothing was accepted.` : `${most} was accepted and ${least} refused.`, 'The condition says exactly where the border lies, and whether the border itself is allowed. Show both sides of it, in one trace: one number accepted, the next one refused.');
  }
  const place = asPlace(entered(entries, 'limit-place'));
  if (place === undefined) return fail('The place of the refusal is not recorded yet.', 'Wanted is the statement that gives the errno: a file of the tree, a colon and a number.');
  const look = seen(found.text('look'));
  const right = places(found.text('answer'));
  if (right.length !== 1) return changed;
  if (/^retval = -EPERM/.test(look.text) && right.some(({ line: answer }) => place.line > answer && place.line < answer + 30)) return fail(`${shown(place)} refuses others.`, 'That one is for a process without CAP_SYS_RESOURCE, and root has it. The function has a second EPERM, further up.');
  if (/sysctl_nr_open/.test(look.text)) return fail(`${shown(place)} is the condition.`, 'The statement that answers stands right below it.');
  const wrong = misplaced(place, look, right, 'EPERM');
  if (wrong !== undefined) return wrong;
  return pass([
    { statement: `As root, ${border} open files are allowed and ${border + 1} are refused with EPERM.`, command: `prlimit --nofile=${border + 1}:${border + 1} true` },
    { statement: `The refusal is made at ${shown(place)}, before any capability is asked for.`, command: `sed -n ${place.line - 3},${place.line}p ${tree}/${place.path}` },
  ]);
}

const ask = (number: string): string => `prlimit --nofile=${number}:${number} true`;
const record = (...commands: string[]): string => `strace -f -o ${trace} sh -c "${commands.join('; ')}"`;
const N = 'n=$(sysctl -n fs.nr_open)';
const both = [N, record(ask('$n'), ask('$((n + 1))'))];
const right = { 'limit-place': { run: `${ANSWER} | cut -d : -f 1-2` } };
const line = (pattern: string) => ({ run: `cd ${tree} && grep -n '${pattern}' kernel/sys.c /dev/null | tail -n 1 | cut -d : -f 1-2` });
const clean = [`rm -f ${trace}`];

export const limit: Step = {
  id: 'limit',
  title: 'Root is refused',
  fields: [{ kind: 'line', id: 'limit-place', label: 'The statement that refuses root (file:line)' }],
  check: { probe: { kind: 'guest', script: probe }, expect: ({ stdout }, scene) => verdict(new Sections(scene.nonce, stdout), scene) },
  hints: [
    'The call is prlimit64, and its definition in `kernel/sys.c` leaves the work to `do_prlimit`. Read that function from the top: which errno, under which condition, in which order?',
    'The condition compares the new hard limit with a variable whose name begins with `sysctl_`. `sysctl -a` lists what can be set; drop the prefix and search for the rest.',
    'One `strace -f -o FILE sh -c "…; …"` holds two attempts: the number that the sysctl shows, and that number plus one.',
  ],
  solution: { type: both, enter: right },
  wrong: [
    { name: 'one side only', type: [record(ask('1048576'))], enter: right, undo: clean, hint: 'Show both sides of it' },
    { name: 'a small number', type: [record(ask('4096'))], enter: right, undo: clean, hint: 'Ask for more than the source allows' },
    { name: 'a soft limit over the hard one', type: [`strace -f -o ${trace} perl -e 'my $pair = pack "QQ", 4096, 2048; syscall 340, 0, 7, $pair, 0'`], enter: right, undo: clean, hint: 'the rule above' },
    { name: 'without numbers of processes', type: [N, `strace -o ${trace} ${ask('$((n + 1))')}`], enter: right, undo: clean, hint: 'in front of it' },
    { name: 'as nobody', type: ['runuser -u nobody -- strace -f -o /tmp/t prlimit --nofile=560000 true', `cp /tmp/t ${trace}`], enter: right, undo: ['rm /tmp/t', ...clean], hint: 'the other EPERM' },
    { name: 'a trace of another day', type: [...both, `sed -i 's/^[0-9]*/99999/' ${trace}`], enter: right, undo: clean, hint: 'keeps each refused prlimit64' },
    { name: 'the border moved', type: [N, 'sysctl -q -w fs.nr_open=1048576', record(ask('1048576'))], enter: right, undo: ['sysctl -q -w fs.nr_open=$n', ...clean], hint: 'Set it back' },
    { name: 'the other refusal', type: both, enter: { 'limit-place': line('retval = -EPERM;') }, undo: clean, hint: 'further up' },
    { name: 'the condition', type: both, enter: { 'limit-place': line('sysctl_nr_open)') }, undo: clean, hint: 'stands right below it' },
    { name: 'no place', type: both, undo: clean, hint: 'the statement that gives the errno' },
  ],
};
