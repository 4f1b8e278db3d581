import type { Scene } from '../../../src/lab/check.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { parseStraceTable } from '../../../src/lab/strace-table.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';

const folder = '/root/vdso';
const ways = ['libc', 'syscall'] as const;
export const clocks = ['realtime', 'monotonic', 'coarse', 'cputime'] as const;
const asks = (calls: ReadonlyMap<string, number> | undefined): number => (calls?.get('clock_gettime64') ?? 0) + (calls?.get('clock_gettime') ?? 0);

function verdict({ entries }: Scene, seen: Sections): Verdict {
  const times = Number(seen.text('times'));
  if (seen.text('built') === '') return fail(`There is no program ${folder}/clock yet.`, 'Compile clock.c, which lies beside it, and name the program clock.');
  if (asks(parseStraceTable(seen.text('probe'))?.calls) !== 7) return fail('The program clock does not do what its source in this lab does.', 'Compile clock.c as the lab left it: it takes a way, a clock and a number.');
  for (const way of ways) {
    const file = `${folder}/${way}.strace`;
    const table = parseStraceTable(seen.text(way));
    if (seen.get(way).code === 0 && seen.text(way) === '') return fail(`${file} is empty.`, 'strace writes to the standard error, so that it does not mix with what the program prints. Its option for a file is -o.');
    if (table === undefined) return fail(`There is no table in ${file}.`, 'Count the program with strace, once for each way, and keep both tables.');
    if (table.sum !== table.total) return fail(`${file} does not add up.`, 'A table that somebody has edited proves nothing. Count again.');
    const calls = asks(table.calls);
    if (way === 'libc' && calls > 0) {
      return fail(`${file} holds ${calls} calls for the time.`, calls === times
        ? 'Either this is the table of the other way, or of a clock that the vDSO does not serve. Ask for monotonic, through libc.'
        : 'It should hold none. Which clock, and which way, did you give to the program?');
    }
    if (way === 'syscall' && calls !== times) {
      return fail(`${file} holds ${calls} calls for the time, and ${times} were to be made.`, calls === 0
        ? 'Straight through syscall(2) each one has to appear. Is this the table of the other way?'
        : `How often the program is to ask stands in ${folder}/times, and is new at each start.`);
    }
  }
  const source = entered(entries, 'clocksource');
  if (source !== seen.text('clocksource')) {
    return fail('The clock source is missing, or is not the one in use.', 'The kernel names it in a file called current_clocksource, below /sys/devices/system/clocksource.');
  }
  const crossing = entered(entries, 'crossing');
  const real = clocks.filter((clock) => asks(parseStraceTable(seen.text(`clock-${clock}`))?.calls) > 0);
  if (crossing === '') return fail('The clock that has to cross is not chosen yet.', 'Count all four through libc, with a small number: one of the tables has a row more.');
  if (!real.some((clock) => clock === crossing)) return fail(`Asked through libc, the clock ${crossing} makes no call.`, 'The vDSO can only tell what the kernel has written into the page beside it. What does only the scheduler know?');
  return pass([
    { statement: `${times} calls of clock_gettime through libc make no system call; the same through syscall(2) make ${times}.`, command: `strace -c ./clock libc monotonic ${times}` },
    { statement: `The clock source is ${source}; the clock ${crossing} crosses whichever way it is asked.`, command: 'cat /sys/devices/system/clocksource/clocksource0/current_clocksource' },
  ]);
}

const build = `gcc -O1 -o ${folder}/clock ${folder}/clock.c`;
const table = (way: string, file: string = way, clock = 'monotonic', times = `$(cat ${folder}/times)`): string =>
  `strace -c -o ${folder}/${file}.strace ${folder}/clock ${way} ${clock} ${times}`;
const both = [table('libc'), table('syscall')];
const right = { clocksource: { run: 'cat /sys/devices/system/clocksource/clocksource0/current_clocksource' }, crossing: 'cputime' };
const clean = [`rm -f ${folder}/clock ${folder}/*.strace`];

export const vdso: Step = {
  id: 'vdso',
  title: 'A call that does not call',
  fields: [
    { kind: 'line', id: 'clocksource', label: 'Current clock source' },
    { kind: 'choice', id: 'crossing', label: 'Asked through libc, this clock crosses all the same', options: clocks },
  ],
  check: {
    probe: {
      kind: 'guest',
      timeout: 40_000,
      script: ({ nonce }) => sectionScript(nonce, {
        times: `cat ${folder}/times`,
        built: `[ -x ${folder}/clock ] && echo yes`,
        probe: `timeout 5 strace -c ${folder}/clock syscall monotonic 7 2>&1`,
        clocksource: 'cat /sys/devices/system/clocksource/clocksource0/current_clocksource',
        ...Object.fromEntries(ways.map((way) => [way, `head -c 20000 ${folder}/${way}.strace`])),
        ...Object.fromEntries(clocks.map((clock) => [`clock-${clock}`, `timeout 5 strace -c ${folder}/clock libc ${clock} 20 2>&1`])),
      }),
    },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'Compile the program first. It takes three words: the way (libc or syscall), the clock, and how often it asks.',
    'Count it with strace twice, with the number from the file times in both: once for each way. Compare the rows that name a clock.',
    'For the last field count the four clocks through libc. What a process has used of the CPU changes with each switch between tasks, and stands nowhere but in the kernel.',
  ],
  solution: { type: [build, ...both, table('libc', '../cputime', 'cputime', '20'), `grep -H clock ${folder}/*.strace /root/cputime.strace`], enter: right },
  wrong: [
    { name: 'nothing compiled', enter: right, hint: 'name the program clock' },
    { name: 'tables exchanged', type: [build, table('syscall', 'libc'), table('libc', 'syscall')], enter: right, undo: clean, hint: 'the table of the other way, or of a clock' },
    { name: 'another number', type: [build, table('libc'), table('syscall', 'syscall', 'monotonic', '100')], enter: right, undo: clean, hint: 'new at each start' },
    { name: 'the clock source that a blog names', type: [build, ...both], enter: { ...right, clocksource: 'hpet' }, undo: clean, hint: 'called current_clocksource' },
    { name: 'the wall clock', type: [build, ...both], enter: { ...right, crossing: 'realtime' }, undo: clean, hint: 'What does only the scheduler know' },
  ],
};
