import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { seconds } from '../counting.ts';

const input = '/root/slowcopy/input';
const timed = (bs: string): string => `bash -c "TIMEFORMAT='%U %S'; time dd if=${input} of=/dev/null bs=${bs} status=none" 2>&1`;

/** The emulator translates code while it runs: the same copy takes ten times longer at first. Times are compared as sizes. */
const factor = 20;

const part = (bs: string, column: number) => ({ run: `${timed(bs)} | awk '{print $${column}}'` });
/** The best of three: a copy in big blocks is nothing but the start of a process, which varies. */
const best = { run: `for i in 1 2 3; do ${timed('16k')}; done | awk '{print $2}' | sort -n | head -n 1` };
const right = { 'user-1': part('1', 1), 'sys-1': part('1', 2), 'sys-16k': best, 'where': 'in the kernel' };

export const time: Step = {
  id: 'time',
  title: 'Where the time goes',
  fields: [
    { kind: 'line', id: 'user-1', label: 'User seconds with bs=1' },
    { kind: 'line', id: 'sys-1', label: 'System seconds with bs=1' },
    { kind: 'line', id: 'sys-16k', label: 'System seconds with bs=16k' },
    { kind: 'choice', id: 'where', label: 'Most of the time with bs=1 is spent', options: ['in the program', 'in the kernel', 'waiting for the disk'] },
  ],
  check: {
    probe: { kind: 'guest', timeout: 60_000, script: ({ nonce }) => sectionScript(nonce, { one: timed('1') }) },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const [user = NaN, sys = NaN] = seen.text('one').split(' ').map(Number);
      if (!(user + sys > 0)) return fail('The check cannot time the copy.', `Is ${input} still there? If not, restart the lab.`);
      const [mine, system, big] = ['user-1', 'sys-1', 'sys-16k'].map((id) => seconds(entered(entries, id)));
      if (mine === undefined || system === undefined || big === undefined) return fail('Three times in seconds are asked for.', 'The word time in front of the command makes bash print three lines. Record user and sys as they stand there.');
      if (system > 0 && mine > system * 2) return fail('More user time than system time?', 'The lines are real, user and sys, in this order. Which of them did you take for which?');
      if (system < sys / factor || system > sys * factor) {
        return fail(`The check needed ${sys.toFixed(2)} s of system time for single bytes.`, system > sys * factor
          ? 'Was the copy traced while you timed it? A tracer makes every call many times dearer: time it without.'
          : 'Was this the copy with bs=1, of the whole input?');
      }
      if (big > system * 0.7) return fail('With 16 KiB blocks the system time should nearly vanish.', 'Time the copy with bs=16k twice and take the second. What stays is the price of starting a process.');
      const where = entered(entries, 'where');
      if (where === '') return fail('Where the time goes is not chosen yet.', 'Compare the three lines of time.');
      if (where !== 'in the kernel') {
        return fail(`With bs=1 the time is not spent ${where}.`, where === 'in the program'
          ? 'What the program does itself is called user. It is the smaller part.'
          : 'Waiting costs real time and neither user nor sys. Is real much larger than their sum?');
      }
      return pass([{ statement: 'A copy in single bytes spends most of its time in the kernel; with blocks of 16 KiB nearly all of that is gone.', command: `time dd if=${input} of=/dev/null bs=1 status=none` }],
        { interpretations: [`Measured: bs=1 user ${mine} s, sys ${system} s; bs=16k sys ${big} s.`] });
    },
  },
  hints: [
    'bash has a word that times what follows it, and prints real, user and sys. No strace this time.',
    'user is the time in the program, sys that in the kernel on its behalf. If real is about their sum, nobody waited.',
  ],
  solution: { type: [`time dd if=${input} of=/dev/null bs=1 status=none`, `time dd if=${input} of=/dev/null bs=16k status=none`], enter: right },
  wrong: [
    { name: 'user and sys exchanged', enter: { ...right, 'user-1': '0m1.914s', 'sys-1': '0m0.312s' }, hint: 'in this order' },
    { name: 'times of one big read', enter: { ...right, 'user-1': '0.000', 'sys-1': '0.001' }, hint: 'of the whole input' },
    { name: 'timed under strace', enter: { ...right, 'user-1': '9', 'sys-1': '1m30.012s' }, hint: 'Was the copy traced' },
    { name: 'the same time twice', enter: { ...right, 'user-1': '0.2', 'sys-1': '0.9', 'sys-16k': '0.9' }, hint: 'price of starting a process' },
    { name: 'the disk is to blame', enter: { ...right, where: 'waiting for the disk' }, hint: 'Is real much larger' },
    { name: 'the program is to blame', enter: { ...right, where: 'in the program' }, hint: 'It is the smaller part' },
  ],
};
