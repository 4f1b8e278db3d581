import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { firstOops, hex, KERNEL_LOG } from './oops.ts';

const DIED = 128;
const make = 'cd /root/rackmon; make';
const insert = 'insmod rackmon.ko';
const write = (label: string): string => `echo "${label} 60" | tee /sys/kernel/debug/rackmon/limit`;
const right = {
  'oops-process': 'tee',
  'oops-address': { run: "dmesg | sed -n 's/.*NULL pointer dereference, address: //p' | head -n 1" },
  'oops-letter': 'D',
};

export const trigger: Step = {
  id: 'trigger',
  title: 'Make it happen',
  fields: [
    { kind: 'line', id: 'oops-process', label: 'The process that ran into it' },
    { kind: 'line', id: 'oops-address', label: 'The address that it wanted to use' },
    { kind: 'line', id: 'oops-letter', label: 'The letter that the taint has gained by it' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        log: KERNEL_LOG,
        built: '[ -e /root/rackmon/rackmon.ko ]',
        loaded: '[ -e /sys/module/rackmon/initstate ]',
        works: `${KERNEL_LOG} | grep -c 'limit of .* is now'`,
        taint: 'cat /proc/sys/kernel/tainted',
      }),
    },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const oops = firstOops(seen.lines('log'));
      const taint = Number(seen.text('taint'));
      if (oops === undefined || (taint & DIED) === 0) {
        if (seen.get('built').code !== 0) return fail('The driver is not built yet.', 'Source and Makefile lie in /root/rackmon. Nothing has to be written: let make do it.');
        if (seen.get('loaded').code !== 0) return fail('The driver is built, but not in memory.', 'It is not in the tree of the release: give the path of the file.');
        if (Number(seen.text('works')) > 0) return fail('The driver has done what it was asked to.', 'A label of its table works. The ticket has another one: see /root/sensor.');
        return fail('The kernel has not had an oops.', 'Write a line with the label of the ticket and a number into the file of the driver, as a process that may die: not as your shell.');
      }
      const [process, address, letter] = ['oops-process', 'oops-address', 'oops-letter'].map((id) => entered(entries, id));
      if (!process || !address || !letter) return fail('There was an oops. Process, address and letter are not all recorded.', 'Read from the line with BUG on. The process stands behind Comm.');
      if (process !== oops.process) return fail(`It was not "${process}".`, process === 'rackmon' ? 'That is the module whose code ran. Code runs in a process, and the line with PID and Comm tells in which.' : 'The name behind Comm is the one, in the first oops of the log.');
      if (hex(address) !== hex(oops.address)) {
        return fail(`The address is not ${address}.`, Number.isNaN(hex(address)) ? 'An address is hexadecimal: the digits at the end of the first line.' : 'Each register holds some address. The one that could not be used stands in the first line, and once more in the line that holds nothing but CR2, before the end of the trace.');
      }
      if (letter.toUpperCase() !== 'D') return fail(`"${letter}" was not gained by the oops.`, 'O and E came with the module. The number has grown by 128 since: which letter is that?');
      return pass([
        { statement: `${oops.process} ran into an oops: a NULL pointer with an offset, address ${oops.address}.`, command: "dmesg | grep -A 20 'BUG:'" },
        { statement: `The kernel is tainted with ${taint}, D among it.`, command: 'cat /proc/sys/kernel/tainted' },
      ]);
    },
  },
  hints: [
    'make, then insmod with the path of the file. The driver then has a file limit in /sys/kernel/debug/rackmon.',
    'The line for the file is a label and a number, such as 60. Let echo pipe it into tee, so that it is tee that opens the file and dies.',
    'dmesg from the line with BUG on: the address is at its end, the process behind Comm.',
  ],
  solution: { type: [make, insert, write('$(cat /root/sensor)'), "dmesg | grep -A 16 'BUG:'"], enter: right },
  wrong: [
    { name: 'nothing built', enter: { 'oops-process': 'tee', 'oops-address': '0000001c', 'oops-letter': 'D' }, hint: 'let make do it' },
    { name: 'a label that works', type: [make, insert, write('fan1')], enter: right, hint: 'A label of its table works' },
    { name: 'the module as the process', type: [write('$(cat /root/sensor)')], enter: { ...right, 'oops-process': 'rackmon' }, hint: 'Code runs in a process' },
    { name: 'another register', enter: { ...right, 'oops-address': { run: "dmesg | sed -n 's/.*CR3: \\([0-9a-f]*\\).*/\\1/p' | head -n 1" } }, hint: 'could not be used stands in the first line' },
    { name: 'no address', enter: { ...right, 'oops-address': 'NULL' }, hint: 'An address is hexadecimal' },
    { name: 'the letters of the module', enter: { ...right, 'oops-letter': 'OE' }, hint: 'grown by 128' },
  ],
};
