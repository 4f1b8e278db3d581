import type { Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { family, tracedCalls, traceLines, type TracedCall } from './trace-file.ts';

export const file = '/root/follow/trace';
export const READ = `head -c 200000 ${file} 2>/dev/null; true`;

/** What is wrong with the trace as a whole; undefined where the steps can work with it. */
export function traceProblem(text: string, calls: readonly TracedCall[], nonce: string): Verdict | undefined {
  if (text.trim() === '') return fail(`There is no ${file}, or it is empty.`, 'Let strace write into a file: you need line numbers that stay.');
  if (calls.length === 0) return fail(`${file} has no lines that begin with a pid.`, /% time/.test(text)
    ? 'That is a table of counts. This time the calls themselves are wanted, in their order.'
    : 'With the options that follow children and write to a file strace puts the pid in front of each line. Without the first the story ends where the shell waits.');
  const { shell, child } = family(calls, 'ls');
  if (child === undefined) return fail('No process in this trace becomes ls.', 'Trace sh -c with ls as its command: the shell is the first process, ls a child of it.');
  if (child === shell) return fail('In this trace ls has no parent.', 'You have traced ls itself, or a bash -c, which becomes its only command without making a child. Begin one process earlier: sh -c starts one.');
  const exec = calls.find(({ name, pid }) => name === 'execve' && pid === child);
  if (!exec?.text.includes(`/srv/shelf-${nonce}`)) return fail('ls lists another folder in this trace.', 'Its argument should be the folder in /srv whose name begins with shelf.');
  const names = new Set(calls.map(({ name }) => name));
  if (!names.has('mmap2') || !names.has('close')) return fail('This trace was filtered.', 'Leave the option for names out: the way from one end to the other needs all calls.');
  if (!new RegExp(`^${shell}\\s+\\+\\+\\+ exited`, 'm').test(text)) return fail('The trace ends before the shell does.', 'Was strace interrupted? Record it once more, from beginning to end.');
  return undefined;
}

export const record: Step = {
  id: 'record',
  title: 'One line of shell, recorded',
  check: {
    probe: { kind: 'guest', script: READ },
    expect({ stdout }, { nonce }) {
      const calls = tracedCalls(traceLines(stdout));
      const problem = traceProblem(stdout, calls, nonce);
      if (problem !== undefined) return problem;
      return pass([{ statement: `A shell and its child ls together make ${calls.length} system calls to list one folder of three files.`, command: `strace -f -o ${file} sh -c 'ls /srv/shelf-${nonce}'` }]);
    },
  },
  hints: [
    'Three things for strace: follow the children, write to the file, and run a shell with -c and one command.',
    'The letter for following is the first of the word. The command for the shell stands in quotes, so that your own shell leaves it alone.',
  ],
  solution: { type: [`strace -f -o ${file} sh -c 'ls /srv/shelf-*'`, `wc -l ${file}`] },
  wrong: [
    { name: 'without the children', type: [`strace -o ${file} sh -c 'ls /srv/shelf-*'`], hint: 'ends where the shell waits' },
    { name: 'a table', type: [`strace -c -f -o ${file} sh -c 'ls /srv/shelf-*'`], hint: 'the calls themselves are wanted' },
    { name: 'ls without its shell', type: [`strace -f -o ${file} ls /srv/shelf-*`], hint: 'Begin one process earlier' },
    { name: 'another folder', type: [`strace -f -o ${file} sh -c 'ls /srv'`], hint: 'whose name begins with shelf' },
    { name: 'only the calls of the textbook', type: [`strace -f -e execve,wait4,write -o ${file} sh -c 'ls /srv/shelf-*'`], hint: 'needs all calls' },
  ],
};
