import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { Seen, script } from './seen.ts';

const right = {
  grub: { run: "dpkg-query -W -f '${Version}' grub-pc-bin 2>/dev/null || dpkg-query -W -f '${Version}' grub2-common" },
  last: 'Loading initial ramdisk ...',
  left: { run: "grep -o 'BOOT_IMAGE=[^ ]*' /proc/cmdline" },
};

/** What GRUB says on the console and the kernel never heard. */
export const before: Step = {
  id: 'before',
  title: 'Before the first line',
  fields: [
    { kind: 'line', id: 'grub', label: 'The version that GRUB shows on the console', placeholder: '2.…' },
    { kind: 'line', id: 'last', label: 'The last line on the console before the kernel’s first' },
    { kind: 'line', id: 'left', label: 'The word about this in the kernel’s log', placeholder: '…=…' },
  ],
  check: {
    probe: { kind: 'boots', script },
    expect(output, { entries }) {
      const [grub, last, left] = ['grub', 'last', 'left'].map((id) => entered(entries, id)) as [string, string, string];
      const text = (output.boots.at(-1) ?? '').replace(/\r/g, '');
      const kernel = text.search(/^\[ *\d+\.\d+\] Linux version /m);
      if (!output.up || kernel < 0) return fail('The machine is not up.', 'Let it come up to its prompt; the console keeps what it printed on the way.');
      const shown = /GNU GRUB\s+version (\S+)/.exec(text)?.[1] ?? '';
      const final = text.slice(0, kernel).split('\n').map((line) => line.trim()).filter((line) => line !== '').at(-1) ?? '';
      const word = new Seen(output).cmdline.split(' ').find((token) => token.startsWith('BOOT_IMAGE='));
      if (grub === '') return fail('GRUB’s version is not recorded yet.', 'It stands on top of the menu, for as long as the menu does. Scroll back, or restart the machine and look.');
      if (/^Linux version|bootable/.test(grub)) return fail('That is the kernel’s version.', 'Two programs have run. The question is about the earlier one, which shows a menu.');
      if (grub !== shown) return fail(`GRUB did not call itself "${grub}" in this boot.`, 'Copy what follows the word "version" on top of the menu, up to the blank.');
      if (/Linux version/.test(last)) return fail('That line is already the kernel’s.', 'A line with a time in brackets was printed by the kernel. You want its neighbour above.');
      if (last !== final) return fail(last === '' ? 'The last line before the kernel is not recorded yet.' : `"${last}" is not the line above the kernel’s first.`, 'Find the line with the time 0.000000 on the console, and take the one before it, with its dots.');
      if (left !== word || word === undefined) return fail(left === '' ? 'The word in the kernel’s log is not recorded yet.' : `"${left}" was not put there by the boot loader to say what it loaded.`, 'The kernel logs its command line. One word of it is no parameter: GRUB writes into it which file it has loaded.');
      return pass([
        { statement: `GRUB ${shown} ran before the kernel; its last words: "${final}". Only the console has them.`, command: 'none: console of this boot' },
        { statement: `In the kernel’s log GRUB left ${word}.`, command: "dmesg | grep 'Kernel command line'" },
      ]);
    },
  },
  hints: [
    'The kernel’s log begins with the kernel. What ran earlier could only speak to the screen or the serial line: look there.',
    'The console’s text of this boot has a menu, then lines without times, then lines with times. For the third field search the log for the command line.',
  ],
  solution: { type: ['dmesg | head -n 3', "dmesg | grep 'Kernel command line'"], enter: right },
  wrong: [
    { name: 'the kernel’s version', enter: { ...right, grub: { run: 'uname -r' } }, hint: 'which shows a menu' },
    { name: 'a version from another node', enter: { ...right, grub: '2.02' }, hint: 'what follows the word' },
    { name: 'the kernel’s own first line', enter: { ...right, last: { run: 'dmesg -t | head -n 1' } }, hint: 'its neighbour above' },
    { name: 'an earlier line', enter: { ...right, last: 'GRUB loading.' }, hint: 'with its dots' },
    { name: 'a parameter', enter: { ...right, left: 'root=/dev/sda1' }, hint: 'One word of it is no parameter' },
  ],
};
