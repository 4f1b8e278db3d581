import type { Lab } from '../../../src/lab/lab.ts';
import type { Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { again } from '../../../src/lab/next-boot.ts';
import { BOOT_ID, values } from '../../../src/lab/key-values.ts';
import { RELEASE } from '../boots.ts';
import { byHand } from './by-hand.ts';
import { read } from './read.ts';

/** What the next start of GRUB would do with the running kernel: whole entries, and entries that lack something. */
const menu = `cfg=/boot/grub/grub.cfg v=$(uname -r) img=/boot/initrd.img-$(uname -r)
[ -e $img ] && echo "image $(stat -c %s $img)"
[ -s $img ] && lsinitramfs $img 2>/dev/null | sed -n 's:.*/\\(ata_piix\\|sd_mod\\|ext4\\)\\.ko.*:\\1 inside:p'
grub-script-check $cfg >/dev/null 2>&1 && [ -s $cfg ] && echo valid
awk -v kernel=/boot/vmlinuz-$v -v image=$img '
  function done() { if (linux) { all++; if (initrd == image) whole++; else if (initrd != "") other = initrd }; linux = 0; initrd = "" }
  $1 == "menuentry" { done() }
  $1 == "linux" && $2 == kernel { linux = 1 }
  $1 == "initrd" { initrd = $2 }
  END { done(); print "entries " all + 0; print "whole " whole + 0; if (other != "") print "other " other }' $cfg 2>/dev/null
true`;

const mend: Step = {
  id: 'mend',
  title: 'Whole again, and twice',
  check: {
    probe: { kind: 'boots', script: menu, timeout: 60_000 },
    expect({ stdout, up }) {
      const seen = values(stdout);
      const [entries, whole] = [Number(seen.get('entries') ?? 0), Number(seen.get('whole') ?? 0)];
      if (!up) return fail('The machine is not up.', 'Boot it by hand first: both files are written from the running system.');
      if (!seen.has('image')) {
        return seen.has('other')
          ? fail(`The menu loads ${seen.get('other')}.`, 'That is your boot by hand, written down. The next update-grub looks for the usual name only, and drops the line again: put a file under that name.')
          : fail('This kernel has no initramfs under the name that update-grub looks for.', 'update-grub writes an initrd line only where the file is in /boot. Compare the names of kernel and initramfs, then make the one that is missing.');
      }
      if (!['ata_piix', 'sd_mod', 'ext4'].every((module) => seen.has(module))) return fail('The file of that name is no initramfs with the drivers of this disk.', 'lsinitramfs shows what is inside. Have it made by the tool that makes them, for this release.');
      if (!seen.has('valid') || entries === 0) return fail('/boot/grub/grub.cfg is no menu with this kernel.', 'Do not write it by hand: have it generated from what is in /boot.');
      if (whole === 0) return fail('The file is in place, and no entry of the menu loads it.', 'The menu was generated while the file was missing. Who generates it, and has that been done since?');
      if (whole < entries) return fail(`${entries - whole} of the entries for this kernel still lack it.`, 'One entry mended by hand leaves the others. Have the whole menu generated.');
      if (whole < 2) return fail('There is one entry, and nothing to fall back to.', 'When the first entry breaks again you want a second one in the menu. The generator writes one for recovery, unless it is told not to.');
      return pass([
        { statement: `The initramfs of this kernel has ${seen.get('image')} bytes and holds ata_piix, sd_mod and ext4.`, command: 'lsinitramfs /boot/initrd.img-$(uname -r)' },
        { statement: `${whole} entries of the menu load it.`, command: 'grep -E "menuentry|initrd" /boot/grub/grub.cfg' },
      ]);
    },
  },
  hints: [
    'Your change in the editor is forgotten already. Two things have to be right on the disk: the file in /boot, and the menu that names it. In this order.',
    'The tool that makes an initramfs is update-initramfs; creating one that is not there, for one kernel release, takes two of its options.',
    'When the file is there, generate the menu with the command that you know from the lab before. It says which images it found.',
  ],
  solution: { type: ['update-initramfs -c -k $(uname -r)', 'update-grub'] },
  wrong: [
    { name: 'only the menu', type: ['update-grub'], hint: 'only where the file is in /boot' },
    { name: 'the boot by hand written down', type: [`sed -i '/^[[:space:]]*linux /a initrd /boot/initrd.img-${RELEASE}.dpkg-bak' /boot/grub/grub.cfg`], hint: 'drops the line again' },
    { name: 'an empty file', type: ['touch /boot/initrd.img-$(uname -r)'], hint: 'lsinitramfs shows what is inside' },
    { name: 'only the file', type: ['cp /boot/initrd.img-$(uname -r).dpkg-bak /boot/initrd.img-$(uname -r)'], hint: 'has that been done since' },
    { name: 'one entry of two', type: ['cp /boot/initrd.img-$(uname -r).dpkg-bak /boot/initrd.img-$(uname -r)', `sed -i -e '0,/^[[:space:]]*linux /{//a initrd /boot/initrd.img-${RELEASE}' -e '}' /boot/grub/grub.cfg`], hint: 'leaves the others' },
  ],
};

const proof = again({
  script: `${BOOT_ID}; [ -s /boot/initrd.img-$(uname -r) ] && echo image; true`,
  judge: (seen) => (seen.has('image')
    ? pass([{ statement: `The node came up by itself, as boot ${seen.get('boot')}.`, command: 'cat /proc/sys/kernel/random/boot_id' }])
    : fail('The initramfs is gone again.', 'Make it once more, then restart.')),
  hints: [
    'The boot that you are in was started by hand. It proves that the old file is good, not that the new one is.',
    'Restart the machine from its shell, and touch nothing until the login is there.',
  ],
  early: ['the boot by hand is taken for proof', 'What counts is a boot that needs nobody'],
});

export default {
  title: 'Panic: unable to mount root',
  minutes: 25,
  start: 'cold',
  rest: 'panic',
  prepare: `v=$(uname -r)
mv /boot/initrd.img-$v /boot/initrd.img-$v.dpkg-bak
sed -i '/initial ramdisk/d; /^[[:space:]]*initrd /d' /boot/grub/grub.cfg`,
  baseline: BOOT_ID,
  steps: [read, byHand, mend, proof],
} satisfies Lab;
