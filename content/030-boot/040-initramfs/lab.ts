import type { Lab } from '../../../src/lab/lab.ts';
import type { Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { again } from '../../../src/lab/next-boot.ts';
import { BOOT_ID, values } from '../../../src/lab/key-values.ts';
import { ALERT, find } from './find.ts';

/** Which words behind root= lead to the disk that is mounted, in the settings and in the menu; what the menu is older than. */
const roots = `${BOOT_ID}
src=$(findmnt -no SOURCE /)
leads() { case $1 in /dev/*) [ "$(readlink -f "$1")" = "$src" ] ;; *) [ "$(blkid -c /dev/null -l -t "$1" -o device)" = "$src" ] ;; esac; }
for file in /etc/default/grub $(ls /etc/default/grub.d/*.cfg 2>/dev/null); do
  for word in $(grep -v '^[[:space:]]*#' $file | grep -o 'root=[^ "]*'); do leads "\${word#root=}" || echo "setting $file asks for \${word#root=}"; done
done
for word in $(awk '$1 == "linux" { root = ""; for (i = 3; i <= NF; i++) if ($i ~ /^root=/) root = $i; print root == "" ? "root=none" : root }' /boot/grub/grub.cfg 2>/dev/null | sort -u); do
  leads "\${word#root=}" && echo "good \${word#root=}" || echo "menu \${word#root=}"
done
[ -n "$(find /etc/default/grub /etc/default/grub.d -newer /boot/grub/grub.cfg)" ] && echo stale
[ "$(stat -c %Y /boot/grub/grub.cfg)" -lt "$(awk '$1 == "btime" { print $2 }' /proc/stat)" ] && echo booted
echo "now $(tr ' ' '\\n' < /proc/cmdline | grep '^root=' | tail -n 1)"`;

const goOn: Step = {
  id: 'go-on',
  title: 'Up again',
  check: {
    probe: { kind: 'boots', script: roots },
    expect({ boots, up, stdout }, { baseline }) {
      const last = boots.at(-1) ?? '';
      const seen = values(stdout);
      if (!up) {
        if (!/\(initramfs\) /.test(last)) return fail('The machine is not up.', 'Look at the console: how far did this boot get?');
        if (/Read-only file system/.test(last)) return fail('The disk is mounted, and nothing could be written.', 'The file system is mounted read-only. To change a file on it, it has to be mounted for writing.');
        if (last.split('ALERT!').length > 2) return fail('The script has looked again, and has given you its shell again.', 'Mounting by hand does not help here: when the shell ends, this script asks once more for the device of the name it was given. The name has to change, and it comes from a file on that disk.');
        if (boots.filter((boot) => ALERT.test(boot)).length > 1) return fail('Another start ended in the same shell.', 'Half a minute or an hour: no device will ever have that name. What GRUB hands over has to change.');
        return fail('The machine still stands in the initramfs.', 'You have a shell and a disk. Mount the disk on the place where the script would have mounted it, and look for the file that GRUB read.');
      }
      if (seen.get('boot') === values(baseline).get('boot')) return fail('The machine has not been started again yet.', 'Let it start, and see where it stops.');
      return pass([{ statement: `The node is up with ${seen.get('now')}.`, command: 'cat /proc/cmdline' }]);
    },
  },
  hints: [
    'The name comes from the command line, the command line from GRUB, and GRUB has it from a file on the disk that you have found.',
    'The initramfs has mount, sed and vi. `/root` is an empty folder here: the place where the real root is to be mounted. GRUB’s menu is then below `/root/boot/grub`.',
    'Take the wrong root= word out of the lines that begin with linux: each has another one before it that is right. Then unmount the disk, and restart with force: there is no PID 1 here that would do it in an orderly way. (GRUB’s editor leads to the same end, for one boot.)',
  ],
  solution: { type: ['mount -t ext4 -o rw /dev/sda1 /root', "sed -i 's/ root=UUID=[^ ]*//' /root/boot/grub/grub.cfg", 'umount /root', { line: 'reboot -f', boots: true, until: 'shell' }] },
  wrong: [
    { name: 'mounted, and exit', type: ['mount -t ext4 -o ro /dev/sda1 /root', { line: 'exit', until: 'initramfs' }], hint: 'Mounting by hand does not help here' },
    { name: 'mounted read-only', type: ['mount -t ext4 -o ro /dev/sda1 /root', "sed -i 's/ root=UUID=[^ ]*//' /root/boot/grub/grub.cfg"], hint: 'mounted for writing' },
    { name: 'perhaps it was slow', type: [{ reset: true, until: 'initramfs' }], hint: 'Half a minute or an hour' },
  ],
};

const mend: Step = {
  id: 'mend',
  title: 'The file behind the file',
  check: {
    probe: { kind: 'boots', script: roots },
    expect({ up, stdout }) {
      const seen = values(stdout);
      if (!up) return fail('The machine is not up.', 'Settings are mended in the running system. Bring it up first.');
      if (seen.has('menu')) {
        return seen.has('setting')
          ? fail(`The menu asks for ${seen.get('menu')}, which is not here.`, 'It was generated, and did what it was told: the settings still name that disk. Where do they say root=?')
          : fail(`The menu asks for ${seen.get('menu')}, which is not here.`, 'The settings are in order; the menu was not generated from them.');
      }
      if (!seen.has('good')) return fail('The menu starts no kernel.', 'Have it generated.');
      if (seen.has('setting')) return fail(`The menu is right; ${seen.get('setting')}.`, 'You have mended what was generated. The next kernel update generates it again, from settings that are still wrong.');
      if (seen.has('stale')) return fail('The settings are newer than the menu.', 'What you have written there is in no menu yet: have it generated now, while you are looking.');
      return pass([{ statement: `Settings and menu ask for ${seen.get('good')}, which leads to the disk that is mounted.`, command: 'grep -rn root= /etc/default/grub /etc/default/grub.d /boot/grub/grub.cfg' }]);
    },
  },
  hints: [
    'grub.cfg is generated. If you only mend it, you have mended it until the next kernel update. Which files is it generated from?',
    'Besides `/etc/default/grub` there is a folder whose files are read after it.',
    'Give the word the UUID that the disk has, or take the whole line out: GRUB’s generator names the root by itself. Then generate the menu.',
  ],
  solution: { type: ['sed -i "s/root=UUID=[^ \\"]*/root=UUID=$(findmnt -no UUID /)/" /etc/default/grub.d/60-root.cfg', 'update-grub'] },
  wrong: [
    { name: 'the menu alone', type: ['true'], hint: 'You have mended what was generated' },
    { name: 'update-grub, and all is well', type: ['update-grub'], hint: 'did what it was told' },
    { name: 'the settings alone', type: ['rm /etc/default/grub.d/60-root.cfg'], hint: 'is in no menu yet' },
  ],
};

const proof = again({
  script: roots,
  judge(seen) {
    if (seen.has('menu') || seen.has('setting') || seen.has('stale')) return fail('Menu and settings are not mended yet.', 'Do the step before this one first.');
    if (!seen.has('booted')) return fail('The menu has been written since this boot.', 'So this boot says nothing about it. Restart the machine, and touch nothing until the login is there.');
    return pass([{ statement: `The node came up by itself with ${seen.get('now')}.`, command: 'cat /proc/cmdline' }]);
  },
  hints: [
    'A menu that was generated a minute ago has never started anything.',
    'Restart the machine from its shell, and keep your hands off until the login is there.',
  ],
  early: ['the boot before is taken for proof', 'So this boot says nothing about it'],
});

export default {
  title: 'The initramfs shell',
  minutes: 25,
  start: 'cold',
  rest: 'initramfs',
  prepare: `cat > /etc/default/grub.d/60-root.cfg <<'END'
# Written by the installer: where this node's root file system is.
GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX root=UUID=7c0e5d2a-93b4-4f18-8a6d-2e51c7f0b946"
END
sed -i '/^[[:space:]]*linux /s/$/ root=UUID=7c0e5d2a-93b4-4f18-8a6d-2e51c7f0b946/' /boot/grub/grub.cfg`,
  baseline: BOOT_ID,
  steps: [find, goOn, mend, proof],
} satisfies Lab;
