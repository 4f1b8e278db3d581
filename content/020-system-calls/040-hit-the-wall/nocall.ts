import type { Scene } from '../../../src/lab/check.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { call, folder, mechanisms, page } from './programs.ts';

const trace = `${folder}/beyond.trace`;
const signals = ['none', 'SIGSEGV', 'SIGSYS'] as const;

function verdict({ entries }: Scene, seen: Sections): Verdict {
  if (seen.text('built') === '') return fail('The program beyond is not built yet.', 'The step before the last has built the others; make builds all three.');
  const number = Number(/syscall\((\d+)\)/.exec(seen.text('source'))?.[1] ?? NaN);
  const lines = seen.lines('trace');
  if (lines.length === 0) return fail(`There is no ${trace}, or it is empty.`, 'Run beyond under strace and let the trace go to this file.');
  const wanted = `syscall_${`0x${number.toString(16)}`}(`;
  const line = lines.find((line) => line.includes(wanted));
  if (line === undefined) return fail(`The trace does not show call number ${number}.`, 'It has to be a trace of beyond as the lab made it, all calls, not counted. strace has no name for this one and writes its number in hexadecimal.');
  if (!line.includes('ENOSYS')) return fail('The call in this trace does not end as the kernel ends it.', 'This is not what strace wrote on this machine. Trace the program again.');
  const errno = entered(entries, 'errno').toUpperCase();
  if (errno !== 'ENOSYS') {
    return fail('The name of the error is missing, or is another one.', /^-?\d+$/.test(errno) || errno === ''
      ? 'The trace gives the name behind the equals sign: capital letters that begin with E.'
      : 'Read it in your trace, behind the equals sign. It is neither a missing file nor a missing right.');
  }
  const status = entered(entries, 'status');
  if (status !== seen.text('status')) return fail('The exit status of beyond is missing, or another one.', 'Run it without strace and ask the shell for the status of the last command, before you type anything else.');
  const signal = entered(entries, 'signal');
  if (signal !== 'none') {
    return fail(signal === '' ? 'Which signal it got is not chosen yet.' : `beyond got no ${signal}.`, signal === 'SIGSYS'
      ? 'That one is sent by a seccomp filter that kills. Without a filter the kernel answers, and the program goes on.'
      : 'A program that was killed would not have printed a sentence. What did it print?');
  }
  const how = entered(entries, 'beyond-how');
  if (how !== call) return fail('What stopped beyond is not chosen, or not the right one.', 'It came through the door in the right way, with a number. Was it the processor that refused, or the one behind the door?');
  return pass([
    { statement: `Call number ${number} does not exist: the kernel answers ENOSYS, and the program ends by itself with status ${status}.`, command: `strace -o ${trace} ${folder}/beyond` },
  ]);
}

const run = [`strace -o ${trace} ${folder}/beyond`, `${folder}/beyond; echo $?`];
const right = { 'errno': { run: `grep -oE 'ENOSYS' ${trace} | head -n 1` }, 'status': { run: `${folder}/beyond >/dev/null; echo $?` }, 'signal': 'none', 'beyond-how': call };
const clean = [`rm -f ${trace}`];

export const nocall: Step = {
  id: 'nocall',
  title: 'A number that nobody has given out',
  fields: [
    { kind: 'line', id: 'errno', label: 'Name of the error' },
    { kind: 'line', id: 'status', label: 'Exit status of beyond' },
    { kind: 'choice', id: 'signal', label: 'Signal that it got', options: signals },
    { kind: 'choice', id: 'beyond-how', label: 'What stopped it', options: mechanisms },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        built: `[ -x ${folder}/beyond ] && echo yes`,
        source: `grep syscall ${folder}/beyond.c`,
        trace: `head -c 20000 ${trace}`,
        status: `${folder}/beyond >/dev/null; echo $?`,
      }),
    },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'beyond dies of nothing: it prints what it was told and ends. strace shows the call, though without a name.',
    'Trace it into the file, then look for a line that begins with syscall and an underscore. The name of the error stands behind the equals sign.',
    'The status of the last command is in the variable whose name is a question mark.',
  ],
  solution: { type: [...run, `grep syscall_ ${trace}`], enter: right },
  wrong: [
    { name: 'no trace', enter: { ...right, errno: 'ENOSYS' }, hint: 'let the trace go to this file' },
    { name: 'a trace of another program', type: [`strace -o ${trace} true`], enter: { ...right, errno: 'ENOSYS' }, undo: clean, hint: 'writes its number in hexadecimal' },
    { name: 'the number of the error', type: run, enter: { ...right, errno: '38' }, undo: clean, hint: 'begin with E' },
    { name: 'a missing right', type: run, enter: { ...right, errno: 'EPERM' }, undo: clean, hint: 'neither a missing file' },
    { name: 'the status of echo', type: run, enter: { ...right, status: '0' }, undo: clean, hint: 'before you type anything else' },
    { name: 'seccomp imagined', type: run, enter: { ...right, signal: 'SIGSYS' }, undo: clean, hint: 'sent by a seccomp filter' },
    { name: 'killed like the others', type: run, enter: { ...right, signal: 'SIGSEGV' }, undo: clean, hint: 'would not have printed' },
    { name: 'a page to blame', type: run, enter: { ...right, 'beyond-how': page }, undo: clean, hint: 'the one behind the door' },
  ],
};
