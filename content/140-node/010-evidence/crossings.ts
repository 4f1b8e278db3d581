import type { Scene } from '../../../src/lab/check.ts';
import { words } from '../../../src/lab/prose.ts';
import { countedCalls } from '../../../src/lab/reader-shell.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { parseStraceTable, type StraceTable } from '../../../src/lab/strace-table.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';

const find = 'find /usr -maxdepth 1 -type f';
const saved = { true: '/root/report/true.strace', find: '/root/report/find.strace' } as const;
type Program = keyof typeof saved;

/** Two runs of one program differ in a few calls; two machines differ in more. */
const tolerance = 0.3;

/** What is wrong with one saved table and its recorded total. */
function tableProblem(program: Program, text: string, fresh: StraceTable, recorded: string): Verdict | undefined {
  const file = saved[program];
  if (text === '') return fail(`There is no ${file}, or it is empty.`, 'A number without the table it comes from is a memory. `strace` can write its table into a file.');
  const table = parseStraceTable(text);
  if (table === undefined) return fail(`${file} holds no table of counts.`, 'The table is what the counting option prints by itself: one row for each system call, a last row called total. Leave the choice of columns (`-U`) away here.');
  if (table.sum !== table.total) return fail(`The rows of ${file} add up to ${table.sum}, its last line says ${table.total}.`, 'A table that does not add up was edited. Evidence is what the tool wrote: make it again.');
  const foreign = [...table.calls.keys()].filter((name) => !fresh.calls.has(name));
  const lists = table.calls.has('getdents64');
  if (lists !== (program === 'find')) return fail(`${file} is not the table of ${program}.`, 'Reading a directory is a system call of its own, and only one of the two programs does it. Is the right table in each file?');
  if (foreign.length > 2) return fail(`${file} names calls that ${program} does not make here: ${foreign.slice(0, 3).join(', ')}.`, 'The names of system calls belong to an architecture. This table was not made on this machine.');
  if (Math.abs(table.total - fresh.total) > tolerance * fresh.total) return fail(`${file} counts ${table.total} calls; the check just counted ${fresh.total}.`, 'The check ran the same program again and came to another number. Was it this program, with these arguments?');
  if (recorded === '') return fail(`The total of ${program} is not recorded yet.`, 'The total stands in the last row of the table, in the column of calls.');
  if (recorded !== String(table.total)) return fail(`"${recorded}" is not the total in ${file}.`, 'Record the number of calls of the last row as it stands in your own file: not a time, not an error count.');
  return undefined;
}

function verdict({ entries }: Scene, seen: Sections): Verdict {
  const [ofTrue, ofFind] = [parseStraceTable(seen.text('fresh-true')), parseStraceTable(seen.text('fresh-find'))];
  if (ofTrue === undefined || ofFind === undefined) {
    return fail('`strace` counts nothing on this machine now.', 'Does `strace -c true` still print a table in the terminal? If the tool is gone, restart the lab.');
  }
  const fresh = { true: ofTrue, find: ofFind };
  for (const program of ['true', 'find'] as const) {
    const problem = tableProblem(program, seen.text(`saved-${program}`), fresh[program], entered(entries, `${program}-calls`));
    if (problem !== undefined) return problem;
  }
  const larger: Program = fresh.find.total > fresh.true.total ? 'find' : 'true';
  const chosen = entered(entries, 'larger');
  if (chosen === '') return fail('Which program crosses more often is not chosen yet.', 'Compare the two totals.');
  if (chosen !== larger) return fail(`${chosen} does not make more calls.`, 'Your own tables say the opposite: the larger total crosses more often.');

  const why = entered(entries, 'why');
  const [less, more] = [fresh[larger === 'find' ? 'true' : 'find'].calls, fresh[larger].calls];
  const extra = [...more].filter(([name, count]) => count > (less.get(name) ?? 0)).map(([name]) => name);
  const named = extra.filter((name) => words(why).includes(name));
  if (words(why).length < 8) return fail('The reason is too short to be one.', 'Say in a sentence of your own, of eight words or more, what the larger program has to ask the kernel for.');
  if (named.length === 0) return fail('The reason names no call that explains the difference.', 'Put the tables side by side: which rows exist in one only, or count more there? Name one such call.');
  return pass(
    (['true', 'find'] as const).map((program) => ({
      statement: `${program} makes ${entered(entries, `${program}-calls`)} system calls (saved in ${saved[program]}).`,
      command: `strace -c ${program === 'find' ? find : program}`,
    })),
    { interpretations: [why] },
  );
}

const reason = 'find opens the directory, reads its names with getdents64 and asks for the metadata of what it finds; true only starts and exits.';
const save = [`strace -c -o ${saved.true} true`, `strace -c -o ${saved.find} ${find}`];
const total = (program: Program) => ({ run: `awk '$NF == "total" {print $4}' ${saved[program]}` });
const right = { 'true-calls': total('true'), 'find-calls': total('find'), 'larger': 'find', 'why': reason };
const clean = [`rm -f ${saved.true} ${saved.find}`];

export const crossings: Step = {
  id: 'crossings',
  title: 'Counting the crossings',
  fields: [
    { kind: 'line', id: 'true-calls', label: 'System calls of true' },
    { kind: 'line', id: 'find-calls', label: `System calls of ${find}` },
    { kind: 'choice', id: 'larger', label: 'Which crosses into the kernel more often', options: ['true', 'find'] },
    { kind: 'lines', id: 'why', label: 'Why, in your words, with the name of a call that makes the difference', rows: 3 },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }: Scene) => sectionScript(nonce, {
        'saved-true': `head -c 20000 ${saved.true}`,
        'saved-find': `head -c 20000 ${saved.find}`,
        'fresh-true': countedCalls('true'),
        'fresh-find': countedCalls(find),
      }),
    },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'The counting option of `strace` is `-c`, and `-o` with a file name keeps the table.',
    'The last row of each table is the total. Its number of calls is in the column called calls.',
    'A program that looks into a directory needs calls which one that does nothing never makes. They have rows of their own in the larger table.',
  ],
  solution: { type: [...save, `cat ${saved.true} ${saved.find}`], enter: right },
  wrong: [
    { name: 'numbers without tables', enter: { ...right, 'true-calls': '28', 'find-calls': '80' }, hint: 'a memory' },
    { name: 'an edited table', type: [...save, `sed -i '$ s/ [0-9][0-9]* / 999 /3' ${saved.find}; sed -i '3d' ${saved.find}`], enter: right, undo: clean, hint: 'does not add up' },
    { name: 'one table used for both', type: [...save, `cp ${saved.true} ${saved.find}`], enter: right, undo: clean, hint: 'only one of the two programs does it' },
    { name: 'the trace in place of the table', type: [save[1] ?? '', `strace -o ${saved.true} true`], enter: { ...right, 'true-calls': '28' }, undo: clean, hint: 'a last row called total' },
    { name: 'find over the whole of /usr/bin', type: [save[0] ?? '', `strace -c -o ${saved.find} find /usr/bin /usr/sbin`], enter: right, undo: clean, hint: 'came to another number' },
    { name: 'the opposite of the tables', type: save, enter: { ...right, larger: 'true' }, undo: clean, hint: 'say the opposite' },
    { name: 'a reason without a reason', type: save, enter: { ...right, why: 'it is bigger' }, undo: clean, hint: 'eight words or more' },
    { name: 'a reason that names no call', type: save, enter: { ...right, why: 'The program find does a lot more work than true does, so it is larger.' }, undo: clean, hint: 'side by side' },
  ],
};
