import type { Act } from '../../../src/lab/act.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';

/** From the power button to a bash that is process 1: the sixth line of the entry is the kernel's. */
export const intoBash: readonly Act[] = [
  { reset: true, until: 'menu' },
  { press: ['e'], until: 'editor' },
  { press: ['Down', 'Down', 'Down', 'Down', 'Down', 'Down', 'End', ' init=/bin/bash', 'Ctrl+X'], until: 'shell' },
];

/** What the bash of a boot and all after it printed; undefined where no bash was process 1. A bash on a terminal that is not its own says so. */
export function bashOf(boot: string): string | undefined {
  const at = boot.search(/bash: no job control in this shell\r?\n/);
  const text = at < 0 ? '' : boot.slice(at);
  return /^root@[\w().-]+:\/# /m.test(text) ? text : undefined;
}

export const inside: Step = {
  id: 'inside',
  title: 'A shell in the place of init',
  fields: [
    { kind: 'line', id: 'comm', label: 'Name of process 1 in this boot, as /proc shows it' },
    { kind: 'line', id: 'mount', label: 'The line of /proc/mounts for the root file system', placeholder: '/dev/… / …' },
  ],
  check: {
    probe: { kind: 'boots', script: 'echo "init $(cat /proc/1/comm)"' },
    expect({ boots, up }, { entries }) {
      const [comm, mount] = [entered(entries, 'comm'), entered(entries, 'mount').replace(/\s+/g, ' ')];
      const bash = boots.map(bashOf).findLast((text) => text !== undefined);
      if (bash === undefined) {
        if (/Target filesystem doesn't have requested/.test(boots.at(-1) ?? '')) return fail('The initramfs did not find the program that init= names.', 'It fell back on the usual one. The path is that of a file on the real root: write it in full, letter by letter.');
        return fail('No boot of this lab had a shell as its process 1.', up
          ? 'What runs here is the usual init. Restart with the power button, and give the kernel one more word in GRUB’s editor.'
          : 'Look at the console: how far did this boot get?');
      }
      if (comm === '' || mount === '') return fail('The two observations are not recorded yet.', 'Make them in the shell that you have now.');
      const printed = bash.split(/\r?\n/).map((line) => line.trim());
      if (!printed.includes(comm) || !/\/proc\/1\/(?:comm|status|stat)\b|\bps\b/.test(bash)) return fail(`This boot’s console does not show that process 1 is called "${comm}".`, 'Ask inside this boot: each process has a file `comm` in its folder of /proc.');
      if (!printed.some((line) => line.startsWith('/dev/') && line.replace(/\s+/g, ' ') === mount) || mount.split(' ')[1] !== '/') return fail('That is not the line that this shell has shown.', 'Copy the whole line from /proc/mounts whose second word is a slash alone. Its fourth word will matter soon.');
      return pass([
        { statement: `Process 1 was ${comm}.`, command: 'cat /proc/1/comm' },
        { statement: `The root file system was mounted: ${mount}`, command: 'grep " / " /proc/mounts' },
      ]);
    },
  },
  hints: [
    'Which program becomes process 1 of the real root is a word of the command line, and you can change the command line for one boot.',
    'At the menu, e opens the entry. The word goes to the end of the line that begins with `linux`; it names a program by its full path. Ctrl+X starts.',
    '/proc is mounted already. The folder of process 1 has a file `comm`; `/proc/mounts` has one line for each mount.',
  ],
  solution: { type: [...intoBash, 'cat /proc/1/comm', "grep ' / ' /proc/mounts"], enter: { comm: 'bash', mount: '/dev/sda1 / ext4 ro,relatime 0 0' } },
  wrong: [
    { name: 'in the usual system', type: ['cat /proc/1/comm'], enter: { comm: 'systemd', mount: '/dev/sda1 / ext4 rw,relatime 0 0' }, hint: 'one more word in GRUB’s editor' },
    {
      name: 'a misspelt shell',
      type: [{ reset: true, until: 'menu' }, { press: ['e'], until: 'editor' }, { press: ['Down', 'Down', 'Down', 'Down', 'Down', 'Down', 'End', ' init=/bin/bahs', 'Ctrl+X'], until: 'shell' }],
      hint: 'that of a file on the real root',
    },
  ],
};
