import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { forged, LOG, Stay } from './log.ts';

const OUTSIDE = 4096;
const UNSIGNED = 8192;
const insert_ = 'insmod /root/hello/hello.ko who=$(cat /root/token)';
const right = { taint: { run: 'cat /proc/sys/kernel/tainted' }, letters: { run: "t=$(cat /proc/sys/kernel/tainted); [ $((t & 4096)) = 0 ] || printf O; [ $((t & 8192)) = 0 ] || printf E" } };

export const insert: Step = {
  id: 'insert',
  title: 'Into the kernel',
  fields: [
    { kind: 'line', id: 'taint', label: 'The value of /proc/sys/kernel/tainted now' },
    { kind: 'line', id: 'letters', label: 'Its two letters' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => `${LOG}\n${sectionScript(nonce, {
        state: 'cat /sys/module/hello/initstate',
        who: 'cat /sys/module/hello/parameters/who',
        greetings: 'greetings',
        events: 'events',
        taint: 'cat /proc/sys/kernel/tainted',
        own: 'cat /sys/module/hello/taint',
      })}`,
    },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const taint = Number(seen.text('taint'));
      if (seen.text('state') !== 'live') {
        if (forged(seen.lines('greetings'))) return fail('A line with the token stands in the log, and the kernel did not say it.', 'Who writes to /dev/kmsg is marked as a user, whatever he puts in front. The module has to say it.');
        return fail('hello is not in memory.', 'modprobe looks in the tree of the release, where your file is not. The other tool takes a path.');
      }
      // a parameter of mode 0 has no file: then only its words tell
      if (seen.get('who').code === 0 && seen.text('who') !== nonce) return fail(`The module greets "${seen.text('who')}".`, 'A parameter is handed over on the same line, behind the file: name, equals sign, value. The value is in /root/token. Take the module out first.');
      if (new Stay(seen.lines('events')).greeted === undefined) {
        return fail('hello is in memory, and has said nothing with the token in it since.', 'The function named by module_init runs once, at insertion. It has to print the parameter.');
      }
      const [value, letters] = [entered(entries, 'taint'), entered(entries, 'letters').toUpperCase().replaceAll(/[^A-Z]/g, '')];
      if (value === '' || letters === '') return fail('The module runs. The taint is not recorded yet.', 'The number is a sum of powers of two; each stands for a letter.');
      if (Number(value) !== taint) {
        return fail(`${value} is not the value of tainted.`, [OUTSIDE, UNSIGNED].includes(Number(value)) ? 'That is one of two bits. The module has come from outside, and something else is missing on it too.' : 'Read the file again, now that the module is in.');
      }
      const expected = `${(taint & OUTSIDE) === 0 ? '' : 'O'}${(taint & UNSIGNED) === 0 ? '' : 'E'}`;
      if ([...letters].sort().join('') !== [...expected].sort().join('')) return fail(`${letters} are not its letters.`, 'Two bits are set: which powers of two add up to the number? The table of the kernel’s documentation gives each a letter; so does the taint file of the module in /sys/module.');
      return pass([
        { statement: `hello greets ${nonce}, and the kernel has printed it.`, command: 'dmesg | tail -n 3' },
        { statement: `The kernel is tainted with ${taint}: ${expected}.`, command: 'cat /proc/sys/kernel/tainted /sys/module/hello/taint' },
      ]);
    },
  },
  hints: [
    'insmod takes the path of the file and, behind it, parameters in the form name=value.',
    'The last lines of dmesg show three things: what the kernel says of a module from outside, what it says of the signature, and what your module says.',
    'Split the number into powers of two. The module’s own folder in /sys/module has a file with the letters.',
  ],
  solution: { type: [insert_, 'dmesg | tail -n 3', 'cat /proc/sys/kernel/tainted'], enter: right },
  wrong: [
    { name: 'a line of one’s own', type: ['echo "<6>hello, $(cat /root/token)" > /dev/kmsg'], enter: right, hint: 'marked as a user' },
    { name: 'without the parameter', type: ['insmod /root/hello/hello.ko'], enter: right, hint: 'behind the file: name', undo: ['rmmod hello'] },
    { name: 'one bit of two', type: [insert_], enter: { ...right, taint: '4096' }, hint: 'one of two bits', undo: ['rmmod hello'] },
    { name: 'a wrong letter', type: [insert_], enter: { ...right, letters: 'PE' }, hint: 'Two bits are set', undo: ['rmmod hello'] },
  ],
};
