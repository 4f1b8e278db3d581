import type { Scene } from '../../../src/lab/check.ts';
import { listed } from '../../../src/lab/prose.ts';
import { countedCalls } from '../../../src/lab/reader-shell.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { parseStraceTable, type StraceTable } from '../../../src/lab/strace-table.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { whole } from '../counting.ts';

const folders = ['box', 'crate'] as const;
const saved = (folder: string): string => `/root/crossings/${folder}.strace`;

/** The same count with a terminal as output: `script` makes one. */
const onTerminal = (folder: string, nonce: string): string =>
  `t=$(mktemp) && script -qec 'strace -c -o '"$t"' ls -l /srv/${folder}-${nonce}' /dev/null >/dev/null; cat "$t"; rm -f "$t"`;

const perFile = (more: number, less: number, files: number): number => Math.round((more - less) / files);

/** The calls that are made once or more for each further file. */
const growing = (less: StraceTable, more: StraceTable, files: number): string[] =>
  [...more.calls].filter(([name, calls]) => calls - (less.calls.get(name) ?? 0) >= files).map(([name]) => name).sort();

function verdict({ entries, nonce }: Scene, seen: Sections): Verdict {
  const [few, many] = folders.map((folder) => Number(seen.text(`files-${folder}`)));
  const files = (many ?? 0) - (few ?? 0);
  const [box, crate, boxSeen, crateSeen] = ['plain-box', 'plain-crate', 'terminal-box', 'terminal-crate'].map((name) => parseStraceTable(seen.text(name)));
  if (!box || !crate || !boxSeen || !crateSeen || files < 10) return fail('The check cannot count ls in the two folders.', 'Are the files in /srv still as the lab made them? If not, restart the lab.');
  const fresh = crate.total - box.total;

  const tables = folders.map((folder) => parseStraceTable(seen.text(`saved-${folder}`)));
  const [mine, other] = tables;
  if (!mine || !other) return fail(`There is no table yet in ${saved(mine ? 'crate' : 'box')}.`, 'Count ls -l in both folders, each table in its own file, and send what ls prints to /dev/null.');
  for (const one of [mine, other]) if (one.sum !== one.total) return fail('One of the two tables does not add up.', 'An edited table says nothing. Let strace write it again.');
  const difference = other.total - mine.total;
  if (Math.abs(difference - fresh) > 6) {
    const printed = Math.abs(difference - (crateSeen.total - boxSeen.total)) <= 6;
    return fail(`Your tables differ by ${difference} calls, those of the check by ${fresh}.`, printed
      ? 'These were counted with the terminal as output. The first pair is the one whose output is thrown away.'
      : 'The two runs have to differ in the folder alone: same option, same kind of output.');
  }
  const [each, shown] = [whole(entered(entries, 'each')), whole(entered(entries, 'each-shown'))];
  const [rightEach, rightShown] = [perFile(crate.total, box.total, files), perFile(crateSeen.total, boxSeen.total, files)];
  if (each === undefined) return fail('The calls for each further file are not recorded yet.', 'Divide the difference of the totals by the difference in files, and round it to a whole number.');
  if (each !== rightEach) {
    return fail(`${each} calls for each file do not fit your tables.`, each > 20
      ? 'A total also holds what ls does once, whatever the folder. Only the difference of two totals belongs to the files.'
      : 'How many files are in each folder? ls piped into wc counts them.');
  }
  const names = entered(entries, 'grows').split(/[\s,()]+/).filter((name) => name !== '' && name !== 'and').sort();
  const right = growing(box, crate, files);
  const foreign = names.filter((name) => !right.includes(name));
  if (names.length === 0) return fail('The calls that are made for each file are not named yet.', 'Put the two tables side by side: which rows grow by about the number of files?');
  if (foreign.length > 0) return fail(`${listed(foreign)}: not a call that ls makes once more for each file.`, 'A row that is long in both tables is not one that grows. Subtract row by row.');
  if (names.length < right.length) return fail('One more call grows with the files.', 'You have found what asks for the mode and the size. The letters of ls -l can be followed by one more sign, and it costs a call of its own.');
  if (shown === undefined || shown !== rightShown) {
    return fail('The calls for each file with the terminal as output are missing, or do not agree with the check’s.', 'Count both folders once more and let ls print to your terminal: the row that was 1 is not 1 any more.');
  }
  return pass([
    { statement: `ls -l makes ${each} calls for each file (${right.join(', ')}) when its output goes to a file.`, command: `strace -c ls -l /srv/crate-${nonce} >/dev/null` },
    { statement: `On a terminal it makes ${shown}, for each line is written at once.`, command: `strace -c ls -l /srv/crate-${nonce}` },
  ]);
}

const tables = folders.map((folder) => `strace -c -o ${saved(folder)} ls -l /srv/${folder}-* > /dev/null`);
const slope = (box: string, crate: string) =>
  ({ run: `t() { awk '$NF == "total" {print $4}' "$1"; }; echo $(( ($(t ${crate}) - $(t ${box})) / ($(ls /srv/crate-* | wc -l) - $(ls /srv/box-* | wc -l)) ))` });
const right = { 'each': slope(saved('box'), saved('crate')), 'grows': 'statx, llistxattr', 'each-shown': slope('/tmp/box.tty', '/tmp/crate.tty') };
const shown = folders.map((folder) => `strace -c -o /tmp/${folder}.tty ls -l /srv/${folder}-*`);
const clean = ['rm -f /root/crossings/box.strace /root/crossings/crate.strace'];

export const perFileStep: Step = {
  id: 'per-file',
  title: 'The price of one more file',
  fields: [
    { kind: 'line', id: 'each', label: 'Calls for each further file, output to /dev/null' },
    { kind: 'line', id: 'grows', label: 'The names of the calls that grow with the files', placeholder: 'name, name' },
    { kind: 'line', id: 'each-shown', label: 'Calls for each further file, output to the terminal' },
  ],
  check: {
    probe: {
      kind: 'guest',
      timeout: 60_000,
      script: ({ nonce }) => sectionScript(nonce, Object.fromEntries(folders.flatMap((folder) => [
        [`files-${folder}`, `ls /srv/${folder}-${nonce} | wc -l`],
        [`saved-${folder}`, `head -c 20000 ${saved(folder)}`],
        [`plain-${folder}`, countedCalls(`ls -l /srv/${folder}-${nonce}`)],
        [`terminal-${folder}`, onTerminal(folder, nonce)],
      ]))),
    },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'Two measurements that differ in one thing tell the price of this thing. Here it is the number of files; `ls` and `wc -l` count them.',
    'Subtract the totals, subtract the files, divide. For the names, subtract row by row: most rows do not change at all.',
    'For the last field let both runs print to the terminal, with the tables in other files. Compare the row `write` with the one you had.',
  ],
  solution: { type: [...tables, ...shown, 'grep -E "llistxattr|statx|write|total" /root/crossings/box.strace /root/crossings/crate.strace /tmp/*.tty'], enter: right },
  wrong: [
    { name: 'known by heart', enter: { 'each': '2', 'grows': 'statx, llistxattr', 'each-shown': '3' }, hint: 'each table in its own file' },
    { name: 'the pair with the terminal in place of the first', type: [...shown, 'cp /tmp/box.tty /root/crossings/box.strace; cp /tmp/crate.tty /root/crossings/crate.strace'], enter: right, undo: clean, hint: 'counted with the terminal as output' },
    { name: 'a total in place of a difference', type: tables, enter: { ...right, each: { run: `awk '$NF == "total" {print $4}' ${saved('crate')}` } }, undo: clean, hint: 'Only the difference of two totals' },
    { name: 'the longest row', type: tables, enter: { ...right, grows: 'openat' }, undo: clean, hint: 'Subtract row by row' },
    { name: 'one name of two', type: tables, enter: { ...right, grows: 'statx' }, undo: clean, hint: 'one more sign' },
    { name: 'the terminal ignored', type: tables, enter: { ...right, 'each-shown': '2' }, undo: clean, hint: 'is not 1 any more' },
  ],
};
