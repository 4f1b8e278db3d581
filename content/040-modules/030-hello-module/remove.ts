import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { LOG, Stay } from './log.ts';

const again = 'insmod /root/hello/hello.ko who=$(cat /root/token)';
const right = { 'taint-after': { run: 'cat /proc/sys/kernel/tainted' } };

export const remove: Step = {
  id: 'remove',
  title: 'Out again',
  fields: [{ kind: 'line', id: 'taint-after', label: 'The value of tainted when the module is gone' }],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => `${LOG}\n${sectionScript(nonce, {
        loaded: '[ -e /sys/module/hello ]',
        events: 'events',
        taint: 'cat /proc/sys/kernel/tainted',
      })}`,
    },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const { loaded, greeted, parted } = new Stay(seen.lines('events'));
      if (!loaded) return fail('hello has not been in memory yet.', 'The step before inserts it.');
      if (seen.get('loaded').code === 0) return fail('hello is in memory.', 'Remove it by its name, which has no ending and no path. `modprobe -r` looks into the tree of the release, where your module is not; rmmod asks the kernel alone.');
      if (!greeted) return fail('hello has gone, and when it came the last time it did not greet with the content of /root/token.', 'Insert it again with who set to the token, as in the step before, and remove it.');
      if (!parted) return fail('hello has gone, and its last line did not hold the content of /root/token.', 'The function named by module_exit runs at removal. It has to print the parameter, too: change the source, build, insert and remove it again.');
      const value = entered(entries, 'taint-after');
      if (value === '') return fail('The value of tainted is not recorded yet.', 'Read it once more, now that the module is gone.');
      if (value !== seen.text('taint')) return fail(`${value} is not the value of tainted.`, value === '0' ? 'The mark does not say what is in memory. It says what has been, since this kernel started.' : 'Read the file again.');
      return pass([{ statement: `hello said goodbye ${(parted.at - greeted.at).toFixed(0)} s after its greeting, and tainted still reads ${value}.`, command: 'dmesg | tail; cat /proc/sys/kernel/tainted' }]);
    },
  },
  hints: [
    'The tool for removal takes a name as lsmod shows it.',
    'What changes in the value of tainted when the module that caused it is gone? Look, do not guess.',
  ],
  solution: { type: ['rmmod hello', 'dmesg | tail -n 1', 'cat /proc/sys/kernel/tainted'], enter: right },
  wrong: [
    { name: 'still there', enter: right, hint: 'no ending and no path' },
    { name: 'nothing recorded', type: ['rmmod hello'], enter: { 'taint-after': '' }, hint: 'Read it once more', undo: [again] },
    { name: 'a greeting for somebody else', type: ['rmmod hello', 'insmod /root/hello/hello.ko who=you', 'rmmod hello'], enter: right, undo: [again], hint: 'with who set to the token' },
    { name: 'the mark thought gone', type: ['rmmod hello'], enter: { 'taint-after': '0' }, hint: 'what has been, since this kernel started', undo: [again] },
  ],
};
