import type { Scene } from '../../../src/lab/check.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { whole } from '../counting.ts';
import { file, READ, traceProblem } from './record.ts';
import { family, makers, tracedCalls, traceLines, type TracedCall } from './trace-file.ts';

interface Mark {
  readonly id: string;
  readonly what: string;
  readonly label: string;
  readonly is: (call: TracedCall, shell: string, child: string, nonce: string) => boolean;
  /** For a line that is not this call. */
  readonly hint: string;
  /** For the same call in a line of the shell. */
  readonly ofShell?: string;
}

const marks: readonly Mark[] = [
  {
    id: 'fork', label: 'The shell makes a child', what: 'the call in which the shell makes its child',
    is: ({ name, pid, text }, shell, child) => makers.some((maker) => maker === name) && pid === shell && text.endsWith(`= ${child}`),
    hint: 'It is a call of the shell whose result is the pid of ls. No call of this name is in the textbook: look for vfork or clone.',
  },
  {
    id: 'exec', label: 'The child becomes ls', what: 'the call in which the child becomes ls',
    is: ({ name, pid, text }, _, child) => name === 'execve' && pid === child && / = 0$/.test(text),
    hint: 'execve is there twice: the first one, in line 1, is strace starting the shell. Look for the one with ls in it.',
  },
  {
    id: 'map', label: 'The loader maps code of a library for ls', what: 'a mapping of a library’s code',
    is: ({ name, pid, text }, _, child) => name === 'mmap2' && pid === child && text.includes('PROT_EXEC') && !text.includes('MAP_ANONYMOUS'),
    hint: 'Code has to be executable, and it comes from a file: among the mmap2 of ls, look for PROT_EXEC and a file descriptor.',
  },
  {
    id: 'names', label: 'The kernel hands over the names', what: 'the call that returns the names in the folder',
    is: ({ name, pid, text }, _, child) => name === 'getdents64' && pid === child && !/ = 0$/.test(text),
    hint: 'The C library calls it readdir, the kernel getdents64. It is called until it has nothing more to give: take the one that gives something.',
    ofShell: 'A shell that has to expand a star reads a folder as well. Look at the pid: the names for ls come later.',
  },
  {
    id: 'write', label: 'ls prints', what: 'the call in which ls prints a name',
    is: ({ name, pid, text }, _, child, nonce) => name === 'write' && pid === child && text.startsWith('1, ') && text.includes(nonce),
    hint: 'Descriptor 1 is the standard output, and strace shows the beginning of what is written.',
  },
  {
    id: 'exit', label: 'ls ends', what: 'the call with which ls ends',
    is: ({ name, pid }, _, child) => name === 'exit_group' && pid === child,
    hint: 'exit_group is there twice, as two processes end: look at the pid in front. A line with +++ is no call but a remark of strace.',
  },
  {
    id: 'wait', label: 'The shell is told', what: 'the call in which the shell learns that ls has ended',
    is: ({ name, pid, text }, shell, child) => name.startsWith('wait') && pid === shell && text.endsWith(`= ${child}`),
    hint: 'It began before ls ended and returned after: strace writes it in two lines. The one with ECHILD is another, asked when no child was left; SIGCHLD is the signal, and no call.',
  },
];

function verdict(text: string, { entries, nonce }: Scene): Verdict {
  const lines = traceLines(text);
  const calls = tracedCalls(lines);
  const problem = traceProblem(text, calls, nonce);
  if (problem !== undefined) return problem;
  const { shell, child = '' } = family(calls, 'ls');
  for (const { id, what, is, hint, ofShell } of marks) {
    const number = whole(entered(entries, id));
    if (number === undefined) return fail(`The line of ${what} is not recorded yet.`, 'A line number, as grep -n and less -N show it: digits alone.');
    if (!lines.some((line) => line.number === number)) return fail(`${file} has no line ${number}.`, 'Was the trace recorded again since you looked? Its line numbers are new then, and so are the pids.');
    const call = calls.find((call) => call.lines.includes(number));
    if (call === undefined || !is(call, shell, child, nonce)) return fail(`Line ${number} is not ${what}.`, call?.name === 'getdents64' && call.pid === shell ? ofShell ?? hint : hint);
  }
  return pass([
    { statement: `The life of ls in ${file}: ${marks.map(({ id, label }) => `${label.replace(/^The /, 'the ')} (line ${entered(entries, id)})`).join(', ')}.`, command: `strace -f -o ${file} sh -c 'ls /srv/shelf-${nonce}'` },
  ]);
}

const line = (pattern: string, which = 'head') => ({ run: `grep -nE '${pattern}' ${file} | ${which} -n 1 | cut -d : -f 1` });
const ofChild = (pattern: string, which = 'head') =>
  ({ run: `pid=$(grep -E 'execve\\("/usr/bin/ls"' ${file} | cut -d ' ' -f 1); grep -nE "^$pid +${pattern}" ${file} | ${which} -n 1 | cut -d : -f 1` });
const right = {
  fork: line('v?fork\\(|clone3?\\('),
  exec: line('execve\\("/usr/bin/ls"'),
  map: ofChild('mmap2.*PROT_EXEC'),
  names: ofChild('getdents64'),
  write: line('write\\(1,'),
  exit: line('exit_group'),
  wait: line('wait4.*(unfinished|WIFEXITED)'),
};

export const mark: Step = {
  id: 'mark',
  title: 'Seven lines out of two hundred',
  fields: marks.map(({ id, label }) => ({ kind: 'line', id, label: `${label}: line number` })),
  check: { probe: { kind: 'guest', script: READ }, expect: ({ stdout }, scene) => verdict(stdout, scene) },
  hints: [
    'grep -n shows lines with their numbers. Start with execve: there are two, and they give you the pids of both actors.',
    'Where a call of one process was under way while another one did something, strace tears it: the first part ends with unfinished, the second begins with resumed. Either line counts.',
    'Names to look for: vfork or clone, execve, mmap2 with PROT_EXEC, getdents64, write, exit_group, wait4. Several are there more than once, and the pid in front decides.',
  ],
  solution: { type: [`grep -nE 'execve|fork|clone|PROT_EXEC|getdents64|write|exit_group|wait4' ${file} | cut -c 1-100`], enter: right },
  wrong: [
    { name: 'the first execve', enter: { ...right, exec: '1' }, hint: 'is strace starting the shell' },
    { name: 'the name of the textbook', enter: { ...right, fork: { run: `grep -n 'getpid' ${file} | head -n 1 | cut -d : -f 1` } }, hint: 'No call of this name is in the textbook' },
    { name: 'a library of the shell', enter: { ...right, map: line('PROT_EXEC') }, hint: 'Code has to be executable' },
    { name: 'the getdents64 that found the end', enter: { ...right, names: ofChild('getdents64', 'tail') }, hint: 'take the one that gives something' },
    { name: 'the shell expands a star', enter: { ...right, names: line('getdents64') }, hint: 'has to expand a star' },
    { name: 'the end of the shell', enter: { ...right, exit: line('exit_group', 'tail') }, hint: 'as two processes end' },
    { name: 'the wait for nobody', enter: { ...right, wait: line('wait4.*ECHILD') }, hint: 'when no child was left' },
    { name: 'a line that does not exist', enter: { ...right, write: '99999' }, hint: 'recorded again since' },
    { name: 'a call in place of its number', enter: { ...right, write: 'write' }, hint: 'digits alone' },
  ],
};
