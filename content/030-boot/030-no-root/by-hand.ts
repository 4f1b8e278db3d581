import type { Act } from '../../../src/lab/act.ts';
import type { Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { BOOT_ID, values } from '../../../src/lab/key-values.ts';
import { RELEASE } from '../boots.ts';

/** To the editor of the default entry. Its seventh line is the kernel's; an empty one follows, on which a parameter would be a command. */
const editor: readonly Act[] = [{ reset: true, until: 'menu' }, { press: ['e'], until: 'editor' }];
const toTheKernel = [...Array<string>(6).fill('Down'), 'End'];

/** Why a boot that did not come up has not; from its console alone. */
function stopped(last: string): Verdict {
  const typed = last.slice(Math.max(0, last.lastIndexOf('screen editing is supported')));
  const edited = typed.length < last.length || /grub> /.test(last);
  if (/error: file `[^']*' not found/.test(last)) return fail('GRUB did not find the file.', 'Its name has grown an ending. Have GRUB list /boot and take the name over letter by letter; TAB completes it.');
  if (/Waiting for root device/.test(last) || (/rootwait/.test(typed) && !/initrd|Kernel panic/.test(typed))) return fail('The kernel waits for a root device, and will wait for ever.', 'Waiting helps where a disk is slow to appear. Here nobody is on the way to bring it: press Reset.');
  if (!/Kernel panic - not syncing/.test(last)) return fail('The machine is not up.', 'Look at the console: GRUB waits for keys, or a boot is under way.');
  if (!edited) return fail('The same entry led to the same panic.', 'Nothing has changed between the two starts. Change the entry for one boot before you start it.');
  if (/rootdelay|rootwait/.test(typed)) return fail('The kernel waited, and then panicked all the same.', 'Time is not what is missing: no driver for the disk is in this kernel, so no disk will appear. What brings the drivers?');
  if (/initrd/.test(typed)) return fail('The kernel got a second file and still found no root.', 'Compare the file with its name: is it an initramfs of this kernel?');
  return fail('The entry still loads one file only.', 'The name behind root= was right all along. What is missing is the line that loads the drivers for it.');
}

export const byHand: Step = {
  id: 'by-hand',
  title: 'One boot by hand',
  check: {
    probe: { kind: 'boots', script: `${BOOT_ID}; echo "cmdline $(cat /proc/cmdline)"; dmesg | sed -n 's/.*Freeing initrd memory: */initrd /p'` },
    expect({ boots, up, stdout }, { baseline }) {
      if (!up) return stopped(boots.at(-1) ?? '');
      const seen = values(stdout);
      if (seen.get('boot') === values(baseline).get('boot')) return fail('The machine has not been started again yet.', 'Let it start, and see where it stops.');
      const helped = boots.some((boot) => /screen editing is supported|grub> /.test(boot) && /^root@node-1:\S*# /m.test(boot));
      if (!helped) return fail('No boot of this lab was started by hand.', 'Change the menu entry in GRUB’s editor, for one boot, and start it from there.');
      if (!seen.has('initrd')) return fail('This kernel has not freed an initramfs.', 'Start it with the file that holds its drivers.');
      return pass([{ statement: `The node came up by hand; its kernel freed ${seen.get('initrd')} of initramfs.`, command: 'dmesg | grep "Freeing initrd"' }]);
    },
  },
  hints: [
    'The kernel’s drivers for disk and file system are modules. They lie in a second file, which GRUB loads beside the kernel. See whether the entry does, and whether the file is there.',
    'At the menu, c gives you GRUB’s command line: list the folder /boot of the first partition. One file has not the name it should have. Esc leads back to the menu.',
    'e edits the entry for one boot. Below the line that begins with `linux`, one is missing that begins with `initrd`; it takes the path of the file. Ctrl+X starts.',
  ],
  solution: {
    type: [
      { reset: true, until: 'menu' }, { press: ['c'], until: 'grub' }, 'ls (hd0,msdos1)/boot', { press: ['Esc'], until: 'menu' }, { press: ['e'], until: 'editor' },
      { press: [...toTheKernel, 'Enter', `initrd /boot/initrd.img-${RELEASE}.dpkg-bak`, 'Ctrl+X'], until: 'shell' },
    ],
  },
  wrong: [
    { name: 'once more, perhaps', type: [{ reset: true, until: 'panic' }], hint: 'Nothing has changed between the two starts' },
    { name: 'root= again', type: [...editor, { press: [...toTheKernel, ' root=/dev/sda1', 'Ctrl+X'], until: 'panic' }], hint: 'was right all along' },
    { name: 'more patience', type: [...editor, { press: [...toTheKernel, ' rootdelay=3', 'Ctrl+X'], until: 'panic' }], hint: 'Time is not what is missing' },
    { name: 'as long as it takes', type: [...editor, { press: [...toTheKernel, ' rootwait loglevel=7', 'Ctrl+X'], until: 'waiting' }], hint: 'nobody is on the way' },
    { name: 'the name it should have', type: [...editor, { press: [...toTheKernel, 'Enter', `initrd /boot/initrd.img-${RELEASE}`, 'Ctrl+X'], until: 'key' }], hint: 'TAB completes it' },
  ],
};
