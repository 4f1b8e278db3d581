import type { Scene } from '../../../src/lab/check.ts';
import { countedCalls } from '../../../src/lab/reader-shell.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { parseStraceTable, type StraceTable } from '../../../src/lab/strace-table.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { totalIn, whole } from '../counting.ts';
import { command, orderOf, orders, programs, table, type Program } from './programs.ts';

/** Two runs of one program differ in a few calls. */
const tolerance = 0.3;

function problem(program: Program, text: string, fresh: StraceTable, recorded: string): Verdict | undefined {
  const file = table(program);
  if (text === '') return fail(`There is no ${file}, or it is empty.`, 'Let strace write each table into a file of its own: a number from memory cannot be challenged.');
  const saved = parseStraceTable(text);
  if (saved === undefined) return fail(`${file} is not a table of counts.`, 'A trace has one line for each call. The table, which the counting option makes, has one row for each name and ends with a total.');
  if (saved.sum !== saved.total) return fail(`The rows of ${file} add up to ${saved.sum}, its last row says ${saved.total}.`, 'What strace writes always adds up, so somebody has changed this table. Measure again.');
  if (Math.abs(saved.total - fresh.total) > tolerance * fresh.total) {
    const reads = saved.calls.has('getdents64') === fresh.calls.has('getdents64');
    return fail(`${file} counts ${saved.total} calls; the check has run the program and counted ${fresh.total}.`, reads
      ? 'Same program, other arguments? The folder, the option and the depth all decide how much there is to ask for.'
      : 'One of the two tables reads a folder and the other does not: is each table in the file that carries its name?');
  }
  if (recorded === '') return fail(`The calls of ${program} are not recorded yet.`, 'They are the number at the end of its table.');
  if (whole(recorded) !== saved.total) return fail(`"${recorded}" is not the total in ${file}.`, 'The total stands in the last row, in the column named calls. The column beside it counts errors.');
  return undefined;
}

function verdict({ entries, nonce }: Scene, seen: Sections): Verdict {
  const totals = { true: 0, find: 0, ls: 0 };
  for (const program of programs) {
    const fresh = parseStraceTable(seen.text(`fresh-${program}`));
    if (fresh === undefined) return fail(`The check cannot count ${program}.`, 'Are /srv and strace still as they were? If not, restart the lab.');
    const found = problem(program, seen.text(`saved-${program}`), fresh, entered(entries, `${program}-calls`));
    if (found !== undefined) return found;
    totals[program] = whole(entered(entries, `${program}-calls`)) ?? 0; // which is the saved total by now
  }
  const [order, right, guess] = [entered(entries, 'order'), orderOf(totals), entered(entries, 'order-guess')];
  if (order !== right) return fail('The measured ranking is missing, or is not that of your tables.', 'Put your three totals side by side, the smallest first. This time it is no guess.');
  return pass(
    programs.map((program) => ({ statement: `${command(program, nonce)} makes ${entered(entries, `${program}-calls`)} system calls.`, command: `strace -c ${command(program, nonce)}` })),
    { interpretations: [order === guess ? `The ranking ${order} is the one that I predicted.` : `The ranking is ${order}; I had predicted ${guess}.`] },
  );
}

const find = command('find', '');
const save: Readonly<Record<Program, string>> = {
  true: `strace -c -o ${table('true')} true`,
  find: `strace -c -o ${table('find')} ${find}`,
  ls: `strace -c -o ${table('ls')} ls -l /srv/box-*`,
};
const all = programs.map((program) => save[program]);
const right = {
  'true-calls': totalIn(table('true')),
  'find-calls': totalIn(table('find')),
  'ls-calls': totalIn(table('ls')),
  'order': { run: `for name in ${programs.join(' ')}; do echo "$(awk '$NF == "total" {print $4}' /root/crossings/$name.strace) $name"; done | sort -n | awk '{printf "%s%s", sep, $2; sep = " < "}'` },
};
const clean = ['rm -f /root/crossings/*.strace'];

export const measure: Step = {
  id: 'measure',
  title: 'Count and keep',
  fields: [
    { kind: 'line', id: 'true-calls', label: 'Calls of true, counted' },
    { kind: 'line', id: 'find-calls', label: 'Calls of find, counted' },
    { kind: 'line', id: 'ls-calls', label: 'Calls of ls -l, counted' },
    { kind: 'choice', id: 'order', label: 'From the fewest calls to the most, I have measured', options: orders },
  ],
  check: {
    probe: {
      kind: 'guest',
      timeout: 60_000,
      script: ({ nonce }) => sectionScript(nonce, Object.fromEntries(programs.flatMap((program) => [
        [`saved-${program}`, `head -c 20000 ${table(program)}`],
        [`fresh-${program}`, countedCalls(command(program, nonce))],
      ]))),
    },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'Two options of strace are enough: one counts, the other names the file for its output. The program and its arguments come last.',
    '`-c` counts and `-o` takes the file. Without the second, the table goes to the terminal and mixes with what the program prints.',
    'If a table differs from the check’s, look at the folder: the name of the box ends with the eight characters of this start, and only the shell can complete it for you.',
  ],
  solution: { type: [...all, 'grep total /root/crossings/*.strace'], enter: right },
  wrong: [
    { name: 'totals from another page', enter: { ...right, 'true-calls': '26', 'find-calls': '185', 'ls-calls': '240', 'order': 'true < find < ls' }, hint: 'a number from memory' },
    { name: 'a trace in place of a table', type: [save.find, save.ls, `strace -o ${table('true')} true`], enter: { ...right, 'true-calls': '26' }, undo: clean, hint: 'one line for each call' },
    { name: 'a row taken out', type: [...all, `sed -i '4d' ${table('ls')}`], enter: right, undo: clean, hint: 'somebody has changed this table' },
    { name: 'find without its depth', type: [save.true, save.ls, `strace -c -o ${table('find')} find /usr/share -type f > /dev/null`], enter: right, undo: clean, hint: 'Same program, other arguments' },
    { name: 'two tables with their names swapped', type: [...all, `cp ${table('find')} ${table('true')}`], enter: right, undo: clean, hint: 'carries its name' },
    { name: 'the column of errors', type: all, enter: { ...right, 'find-calls': { run: `awk '$NF == "total" {print $5}' ${table('find')}` } }, undo: clean, hint: 'column beside it counts errors' },
    { name: 'a ranking against the tables', type: all, enter: { ...right, order: 'ls < find < true' }, undo: clean, hint: 'it is no guess' },
  ],
};
