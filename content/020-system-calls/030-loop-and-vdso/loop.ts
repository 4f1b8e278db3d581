import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { whole } from '../counting.ts';

const switches = "awk '/nonvoluntary/ {print $2}' /proc/$(pgrep worker-)/status";
const attach = (name: string): string => `timeout 3 strace -c -p $(pgrep ${name}-)`;
const why = ['it computes as well', 'its only call has not returned', 'it has ended'] as const;
const right = { 'pid': { run: 'pgrep worker-' }, 'calls': '0', 'first': { run: switches }, 'second': { run: `sleep 1; ls / >/dev/null; ${switches}` }, 'waiter': why[1] };

export const loop: Step = {
  id: 'loop',
  title: 'Nothing asked, and yet interrupted',
  fields: [
    { kind: 'line', id: 'pid', label: 'Pid of the process that computes' },
    { kind: 'line', id: 'calls', label: 'System calls that strace sees in three seconds' },
    { kind: 'line', id: 'first', label: 'Its nonvoluntary_ctxt_switches' },
    { kind: 'line', id: 'second', label: 'The same counter, some seconds later' },
    { kind: 'choice', id: 'waiter', label: 'The other process shows no calls either, because', options: why },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        worker: `pgrep -x worker-${nonce}`,
        waiter: `pgrep -x waiter-${nonce}`,
        switches: `awk '/nonvoluntary/ {print $2}' "/proc/$(pgrep -x worker-${nonce})/status"`,
        program: `readlink "/proc/$(pgrep -x worker-${nonce})/exe"`,
      }),
    },
    expect({ stdout }, { baseline, entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const now = whole(seen.text('switches'));
      if (now === undefined || seen.text('program') !== `/var/lab/worker-${nonce}`) return fail('The worker of this lab does not run any more.', 'Somebody has ended it. Restart the lab to get it back.');
      const pid = entered(entries, 'pid');
      if (pid === '') return fail('The pid of the process that computes is not recorded yet.', 'Two processes have names that end with the same eight characters. ps or top tells which of them uses the CPU.');
      if (pid === seen.text('waiter')) return fail('That process sleeps.', 'Its state is S and its time stands still: strace shows nothing, for another reason. Take the one whose state is R.');
      if (pid !== seen.text('worker')) return fail(`Process ${pid} is not the one that computes.`, 'Its name begins with worker.');
      const calls = whole(entered(entries, 'calls'));
      if (calls === undefined) return fail('The number of calls is not recorded yet.', 'Attach strace to the pid with the counting option, for three seconds. A table that does not appear is a result too, and it is a number.');
      if (calls !== 0) return fail(`strace does not see ${calls} calls of this process.`, 'Where strace has counted nothing it prints no table. Are you attached to the right process, and to no new one?');
      const [first, second] = [whole(entered(entries, 'first')), whole(entered(entries, 'second'))];
      if (first === undefined || second === undefined) return fail('The two readings of the counter are not recorded yet.', 'It stands in /proc/PID/status, in the last line. Read it twice.');
      if (first < (whole(baseline.trim()) ?? 0) || second > now) return fail('These readings are not from this process.', 'The counter began lower than your first reading or stands lower than your second: read it again, from the status of the worker.');
      if (second <= first) return fail('The second reading is not larger than the first.', 'Wait some seconds between the two, and do something in between: whenever another task is woken, the scheduler takes the CPU away.');
      const reason = entered(entries, 'waiter');
      if (reason !== why[1]) {
        return fail(reason === '' ? 'Why the waiter shows no calls is not chosen yet.' : `The waiter shows no calls, but not because ${reason}.`, 'Look at its state in ps, and attach strace without the counting option: the line that it prints has no end.');
      }
      return pass([
        { statement: `Process worker-${nonce} makes no system call, and the scheduler takes the CPU from it all the same.`, command: 'strace -c -p PID; grep ctxt /proc/PID/status' },
        { statement: `Process waiter-${nonce} makes no system call either: it waits inside one.`, command: 'strace -p PID' },
      ]);
    },
  },
  hints: [
    'Find the two with ps: their names begin with worker and waiter. The column STAT tells what each one does.',
    'timeout ends strace for you after some seconds; the option -p takes the pid of a process that runs already. Then look for a table.',
    'For the counter: grep ctxt in the status file of the process. Read it, let some seconds pass, read it again.',
  ],
  solution: { type: [attach('worker'), 'grep ctxt /proc/$(pgrep worker-)/status', 'ps -o pid,stat,time,wchan,comm -p $(pgrep -d , "worker-|waiter-")'], enter: right },
  wrong: [
    { name: 'the process that sleeps', enter: { ...right, pid: { run: 'pgrep waiter-' } }, hint: 'for another reason' },
    { name: 'no table, so no answer', enter: { ...right, calls: 'none printed' }, hint: 'does not appear is a result' },
    { name: 'the calls of a fresh program', enter: { ...right, calls: '26' }, hint: 'and to no new one' },
    { name: 'one reading used twice', enter: { ...right, first: { run: `${switches} | tee /tmp/reading` }, second: { run: 'cat /tmp/reading' } }, hint: 'Wait some seconds between' },
    { name: 'the counter of the shell', enter: { ...right, first: '0' }, hint: 'from the status of the worker' },
    { name: 'both compute', enter: { ...right, waiter: why[0] }, hint: 'has no end' },
  ],
};
