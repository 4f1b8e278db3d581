import type { Scene } from '../../../src/lab/check.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { whole } from '../counting.ts';
import { family, tracedCalls, traceLines } from './trace-file.ts';

const file = '/root/follow/pipe';

function verdict(text: string, { entries, nonce }: Scene): Verdict {
  if (text.trim() === '') return fail(`There is no ${file}, or it is empty.`, 'Record a shell that runs ls and wc with a pipe between them, as you recorded the first trace, in a file of its own.');
  const lines = traceLines(text);
  const calls = tracedCalls(lines);
  const [{ shell, child: ls }, { child: wc }] = [family(calls, 'ls'), family(calls, 'wc')];
  if (ls === undefined || wc === undefined) return fail(`In ${file} not both programs are started.`, 'The whole pipeline has to stand inside the quotes: outside of them your own shell makes the pipe, and the trace does not see it.');
  if (!calls.some(({ name, pid, text }) => name === 'execve' && pid === ls && text.includes(`/srv/shelf-${nonce}`))) return fail('ls lists another folder in this trace.', 'Its argument should again be the folder of this start, the one called shelf.');

  const processes = new Set(lines.map(({ pid }) => pid)).size;
  const mine = whole(entered(entries, 'processes'));
  if (mine === undefined) return fail('The number of processes is not recorded yet.', 'Each process has a pid of its own in the first column.');
  if (mine !== processes) return fail(`There are not ${mine} processes in this trace.`, mine === processes - 1 ? 'You have counted the programs of the pipeline. Somebody has made the pipe, too.' : 'Cut out the first column, sort it, and leave each pid once.');

  const made = calls.find(({ name, pid, text }) => /^pipe2?$/.test(name) && pid === shell && / = 0$/.test(text));
  const [read, write] = /\[(\d+), (\d+)\]/.exec(made?.text ?? '')?.slice(1) ?? [];
  if (made === undefined || read === undefined || write === undefined) return fail('The shell makes no pipe in this trace.', 'Was it filtered? Record it once more with all calls.');
  const end = entered(entries, 'write-end');
  if (end !== write) {
    return fail(end === '' ? 'The descriptor of the writing end is not recorded yet.' : `Descriptor ${end} is not the writing end.`, end === read
      ? 'The call fills in two numbers. The first is for reading; data goes in at the other.'
      : 'Look for pipe in the shell’s lines: it answers with two descriptors in brackets.');
  }
  const moved = whole(entered(entries, 'dup'));
  const dup = calls.find((call) => moved !== undefined && call.lines.includes(moved));
  if (dup === undefined || !/^dup[23]$/.test(dup.name) || dup.pid !== ls || !dup.text.startsWith(`${write}, 1`)) {
    return fail('The line in which the pipe becomes the standard output of ls is missing, or is another line.', dup?.pid === wc && /^dup[23]$/.test(dup.name)
      ? 'That is the other side, in the process that becomes wc and reads. Look at the pid.'
      : 'ls itself knows nothing of pipes. Before its execve, the same pid puts the writing end in the place of descriptor 1.');
  }
  const eof = whole(entered(entries, 'eof'));
  const last = calls.find((call) => eof !== undefined && call.lines.includes(eof));
  if (last === undefined || last.name !== 'read' || last.pid !== wc || !last.text.startsWith('0, ') || !/ = 0$/.test(last.text)) {
    return fail('The line in which wc learns that nothing more comes is missing, or is another line.', last?.pid === wc && last.name === 'read' && last.text.startsWith('0, ')
      ? 'This read has brought something. The end is an answer of 0.'
      : 'wc reads its standard input, descriptor 0, until the kernel answers 0: when the last writing end is closed.');
  }
  return pass([
    { statement: `The pipeline is ${processes} processes; the shell makes a pipe with the ends ${read} and ${write}, and ${write} becomes descriptor 1 before ls begins.`, command: `strace -f -o ${file} sh -c 'ls /srv/shelf-${nonce} | wc -l'` },
    { statement: `wc ends because read answers 0 (line ${eof}), once every writing end is closed.`, command: `grep -n 'read(0' ${file}` },
  ]);
}

const of = (program: string, pattern: string, which = 'head') =>
  ({ run: `pid=$(grep -E 'execve\\("/usr/bin/${program}"' ${file} | cut -d ' ' -f 1); grep -nE "^$pid +${pattern}" ${file} | ${which} -n 1 | cut -d : -f 1` });
const ends = (which: number) => ({ run: `grep -oE 'pipe2?\\(\\[[0-9]+, [0-9]+' ${file} | grep -oE '[0-9]+' | tail -n 2 | sed -n ${which}p` });
const right = {
  'processes': { run: `cut -d ' ' -f 1 ${file} | sort -u | wc -l` },
  'write-end': ends(2),
  'dup': of('ls', 'dup2'),
  'eof': of('wc', '(read\\(0, \\"\\"|<... read resumed>\\"\\")', 'tail'),
};
const save = `strace -f -o ${file} sh -c 'ls /srv/shelf-* | wc -l'`;
const clean = [`rm -f ${file}`];

export const pipe: Step = {
  id: 'pipe',
  title: 'The same with a pipe',
  fields: [
    { kind: 'line', id: 'processes', label: 'Number of processes in the trace' },
    { kind: 'line', id: 'write-end', label: 'Descriptor of the pipe’s writing end' },
    { kind: 'line', id: 'dup', label: 'The pipe becomes the standard output of ls: line number' },
    { kind: 'line', id: 'eof', label: 'wc learns that nothing more comes: line number' },
  ],
  check: { probe: { kind: 'guest', script: `head -c 400000 ${file} 2>/dev/null; true` }, expect: ({ stdout }, scene) => verdict(stdout, scene) },
  hints: [
    'Quote the whole pipeline for sh -c. Then find the pids of the shell, of ls and of wc by their execve.',
    'The shell makes the pipe before it makes children, and each child puts one end where its program expects input or output. The call for that begins with dup.',
    'For the end: the reads of wc from descriptor 0. The last one brings an empty string.',
  ],
  solution: { type: [save, `grep -nE 'pipe|dup2|execve|read\\(0|close\\(4' ${file} | cut -c 1-90`], enter: right },
  wrong: [
    { name: 'the pipe outside of the quotes', type: [`strace -f -o ${file} sh -c 'ls /srv/shelf-*' | wc -l`], enter: { ...right, 'eof': '1' }, undo: clean, hint: 'has to stand inside the quotes' },
    { name: 'the shell forgotten', type: [save], enter: { ...right, processes: '2' }, undo: clean, hint: 'Somebody has made the pipe' },
    { name: 'the reading end', type: [save], enter: { ...right, 'write-end': ends(1) }, undo: clean, hint: 'The first is for reading' },
    { name: 'the side of wc', type: [save], enter: { ...right, dup: of('wc', 'dup2') }, undo: clean, hint: 'That is the other side' },
    { name: 'the read that brought the names', type: [save], enter: { ...right, eof: of('wc', '(read\\(0, \\"[^\\"]|<... read resumed>\\"[a-z])') }, undo: clean, hint: 'The end is an answer of 0' },
  ],
};
