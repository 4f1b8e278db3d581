import type { Lab } from '../../../src/lab/lab.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { again } from '../../../src/lab/next-boot.ts';
import { BOOT_ID, values } from '../../../src/lab/key-values.ts';
import { RELEASE } from '../boots.ts';

const linux = `linux /boot/vmlinuz-${RELEASE} root=/dev/sda1 ro console=ttyS0,115200`;
const initrd = `initrd /boot/initrd.img-${RELEASE}`;

const look: Step = {
  id: 'look',
  title: 'What GRUB can see',
  fields: [
    { kind: 'line', id: 'partition', label: 'The partition that holds /boot, in GRUB’s words', placeholder: '(…,…)' },
    { kind: 'line', id: 'kernel', label: 'The kernel’s file in it, without the folder' },
  ],
  check: {
    probe: { kind: 'boots' },
    expect({ boots }, { entries, baseline }) {
      const [partition, kernel] = [entered(entries, 'partition'), entered(entries, 'kernel')];
      const release = values(baseline).get('release') ?? '';
      const seen = boots.slice(1).filter((boot) => boot.includes('grub> ')).join('\n');
      if (partition === '' || kernel === '') return fail('Partition and kernel are not recorded yet.', 'Two values are asked for, both as GRUB prints them.');
      if (partition !== '(hd0,msdos1)') {
        return fail(`"${partition}" is not where /boot lies.`, partition === '(hd0)' || partition === 'hd0'
          ? 'That is the whole disk. File systems lie in its partitions, which GRUB lists behind a comma.'
          : 'Take it from the list that GRUB prints, brackets included. Linux’s names, such as /dev/sda1, are not known here.');
      }
      if (!seen.includes(`vmlinuz-${release}`)) return fail('GRUB has not shown a kernel on this console yet.', 'Let GRUB list the folder. What you know of this machine from before it broke is not what it has now.');
      if (kernel !== `vmlinuz-${release}`) return fail(`There is no kernel called "${kernel}" in the list.`, 'Compare letter by letter with what GRUB listed: the kernel’s file begins with `vmlinuz`, with a z.');
      return pass([{ statement: `GRUB finds ${kernel} in ${partition}/boot.`, command: 'ls (hd0,msdos1)/boot' }]);
    },
  },
  hints: [
    'GRUB runs from the sectors behind the boot sector, and it reads ext4 by itself: no kernel is needed to look at files.',
    'One command lists devices when it is given nothing, and a folder when it is given one. A folder is written with its partition in front, in brackets.',
  ],
  solution: { type: ['ls', 'ls (hd0,msdos1)/boot'], enter: { partition: '(hd0,msdos1)', kernel: `vmlinuz-${RELEASE}` } },
  wrong: [
    { name: 'the whole disk', type: ['ls'], enter: { partition: '(hd0)', kernel: `vmlinuz-${RELEASE}` }, hint: 'That is the whole disk' },
    { name: 'Linux’s name', enter: { partition: '/dev/sda1', kernel: `vmlinuz-${RELEASE}` }, hint: 'are not known here' },
    { name: 'known from elsewhere', enter: { partition: '(hd0,msdos1)', kernel: `vmlinuz-${RELEASE}` }, hint: 'from before it broke' },
    { name: 'misspelt', type: ['ls (hd0,msdos1)/boot'], enter: { partition: '(hd0,msdos1)', kernel: `vmlinux-${RELEASE}` }, hint: 'with a z' },
  ],
};

const boot: Step = {
  id: 'boot',
  title: 'Boot it by hand',
  check: {
    probe: { kind: 'boots', script: `${BOOT_ID}; echo "cmdline $(cat /proc/cmdline)"` },
    expect({ boots, up, stdout }, { baseline }) {
      const last = boots.at(-1) ?? '';
      if (!up) {
        if (/Kernel panic - not syncing: VFS/.test(last)) return fail('The kernel runs, and has found no root file system.', 'It panicked because nobody gave it an initramfs: the drivers of the disk and of ext4 are modules, and lie in there. Press Reset, and load both files before you boot.');
        if (/\(initramfs\) /.test(last)) return fail('The initramfs runs, and has found no root file system.', 'The device behind root= is not there. Press Reset, and name the partition as Linux does.');
        if (/error: (?:no such partition|disk `[^']*' not found)/.test(last.slice(last.lastIndexOf('linux ')))) return fail('GRUB has no partition of that name.', 'The variable root says where paths begin, and it takes any text. Give it the partition that you found, brackets and all, and load the files again.');
        if (/error: file `[^']*' not found/.test(last.slice(last.lastIndexOf('linux ')))) return fail('GRUB did not find the file.', 'The path is read letter by letter, from the root of the partition that is set as root. TAB completes it.');
        if (/grub> /.test(last)) return fail('The machine still stands at GRUB’s prompt.', 'Three things bring a kernel to life: the partition to read from, the two files with the command line, and the word that starts it.');
        return fail('The machine is not up.', 'Look at the console: how far did this boot get?');
      }
      if (values(stdout).get('boot') === values(baseline).get('boot') || !/grub> /.test(last)) return fail('This is not a boot from GRUB’s prompt.', 'Start the kernel from GRUB’s command line.');
      if (!/^\S+@node-1:\S*[#$] /m.test(last)) return fail('The system is still coming up.', 'Wait for the login, then check again.');
      return pass([{ statement: `The node was booted by hand with: ${values(stdout).get('cmdline')}`, command: 'cat /proc/cmdline' }]);
    },
  },
  hints: [
    'A menu entry is a small script. Without a menu you type its lines: where to read, what to load, and then to go.',
    'The command `linux` takes the kernel’s path and, behind it, the kernel’s command line with `root=` and `console=`. The command `initrd` takes the second file. Both are on the same partition.',
    'For Linux the partition is `/dev/sda1`; the console is `ttyS0,115200`, or you see nothing until the login.',
  ],
  solution: { type: ['set root=(hd0,msdos1)', linux, initrd, 'boot'] },
  wrong: [
    { name: 'reset and hope', type: [{ reset: true, until: 'grub' }], hint: 'Three things bring a kernel to life' },
    { name: 'a partition that is not there', type: ['set root=(hd0,msdos5)', linux], hint: 'it takes any text' },
    { name: 'a misspelt kernel', type: ['set root=(hd0,msdos1)', 'linux /boot/vmlinux root=/dev/sda1 ro console=ttyS0,115200'], hint: 'TAB completes it' },
    { name: 'no initramfs', type: ['set root=(hd0,msdos1)', linux, { line: 'boot', until: 'panic' }], hint: 'nobody gave it an initramfs' },
    { name: 'a root that is not there', type: ['set root=(hd0,msdos1)', linux.replace('sda1', 'sda7'), initrd, 'boot'], hint: 'name the partition as Linux does' },
  ],
};

const repair: Step = {
  id: 'repair',
  title: 'Write the menu anew',
  check: {
    probe: {
      kind: 'boots',
      script: `cfg=/boot/grub/grub.cfg
[ -e $cfg ] && echo "there $(stat -c %s $cfg)"
grub-script-check $cfg >/dev/null 2>&1 && echo valid
echo "entries $(grep -c "^[[:space:]]*menuentry '" $cfg 2>/dev/null)"
grep -q "linux[[:space:]].*/boot/vmlinuz-$(uname -r) .*root=" $cfg 2>/dev/null && echo linux
grep -q "initrd[[:space:]].*/boot/initrd.img-$(uname -r)" $cfg 2>/dev/null && echo initrd
true`,
    },
    expect({ stdout, up }) {
      const seen = values(stdout);
      if (!up) return fail('The machine is not up.', 'Boot it by hand first; the menu is written from the running system.');
      if (!seen.has('there')) return fail('/boot/grub/grub.cfg is still missing.', 'At the next start GRUB would stand at its prompt again. There is one command that writes the menu from what is installed.');
      if (seen.get('there') === '0') return fail('/boot/grub/grub.cfg is empty.', 'A file that is there and says nothing leads to the same prompt. Have it generated.');
      if (!seen.has('valid')) return fail('/boot/grub/grub.cfg is no script that GRUB can run.', 'GRUB would stop in it. Do not write this file by hand: have it generated.');
      if (seen.get('entries') === '0') return fail('The menu has no entry.', 'GRUB would show an empty menu, and then its prompt. Have the file generated.');
      if (!seen.has('linux') || !seen.has('initrd')) return fail('No entry loads this kernel with its initramfs.', 'Compare the entry with what you typed at the prompt; the generator does it right.');
      return pass([{ statement: `/boot/grub/grub.cfg is valid and has ${seen.get('entries')} entries.`, command: "grep menuentry /boot/grub/grub.cfg" }]);
    },
  },
  hints: [
    'The menu is not written by hand: it is generated from `/etc/default/grub`, the scripts in `/etc/grub.d` and the kernels in `/boot`.',
    'Debian wraps `grub-mkconfig -o …` in a command whose name says what it does: it updates GRUB’s menu.',
  ],
  solution: { type: ['update-grub'] },
  wrong: [
    { name: 'an empty file', type: ['touch /boot/grub/grub.cfg'], hint: 'leads to the same prompt' },
    { name: 'notes of what was typed', type: ["echo 'if boot' > /boot/grub/grub.cfg"], hint: 'GRUB would stop in it' },
    { name: 'an entry without its initramfs', type: [`printf "menuentry 'Linux' {\\nlinux /boot/vmlinuz-$(uname -r) root=/dev/sda1\\n}\\n" > /boot/grub/grub.cfg`], hint: 'the generator does it right' },
    { name: 'nothing is done', type: ['true'], hint: 'one command that writes the menu' },
  ],
};

const proof = again({
  script: `${BOOT_ID}; [ -e /boot/grub/grub.cfg ] && echo menu; true`,
  judge: (seen) => (seen.has('menu')
    ? pass([{ statement: `The node came up by itself, as boot ${seen.get('boot')}.`, command: 'cat /proc/sys/kernel/random/boot_id' }])
    : fail('The menu is gone again.', 'Write it once more, then restart.')),
  hints: [
    'A repair that was never tried is a hope. What would try this one?',
    'Restart the machine from its shell, and touch nothing until the login is there.',
  ],
  early: ['the boot by hand is taken for proof', 'What counts is a boot that needs nobody'],
});

export default {
  title: 'Stuck at grub>',
  minutes: 20,
  start: 'cold',
  rest: 'grub',
  prepare: 'rm /boot/grub/grub.cfg',
  baseline: `${BOOT_ID}; echo "release $(uname -r)"`,
  steps: [look, boot, repair, proof],
} satisfies Lab;
