import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { folderWord, IMAGE, PATIENCE } from './image.ts';

/** The hooks that the image of this machine brings. */
const ours = 'slim';
const file = 'etc/bootable-$(cat /root/token)';
const write = `printf '%s\\n' '#!/bin/sh' '[ "$1" = prereqs ] && exit 0' 'mkdir -p "$DESTDIR/etc"' 'cp /root/token "$DESTDIR/${file}"' > /etc/initramfs-tools/hooks/token`;

export const hook: Step = {
  id: 'hook',
  title: 'A file of your own',
  check: {
    probe: {
      kind: 'guest',
      timeout: PATIENCE,
      script: ({ entries, nonce }) => `${IMAGE}\ndir=${folderWord(entered(entries, 'folder'))}\n${sectionScript(nonce, {
        names: "names | grep -E '^(init|etc/bootable-.*|.*/ext4\\.ko.*)$'",
        hooks: `cd /etc/initramfs-tools/hooks && for name in *; do [ -f "$name" ] && [ "$name" != ${ours} ] && { [ -x "$name" ] && echo "x $name" || echo "- $name"; }; done`,
        stale: `cd /etc/initramfs-tools/hooks && for name in *; do [ "$name" != ${ours} ] && [ "$name" -nt "$img" ] && echo "$name"; done`,
        elsewhere: `find /boot /root /tmp /var/tmp -xdev -maxdepth 2 -type f \\( -name '*initrd*' -o -name '*initramfs*' \\) ! -path "$img" ! -path "$img.new" -newer "$img"`,
        copy: `ls "$dir/etc" | grep '^bootable-'`,
        size: 'stat -c %s "$img"',
      })}`,
    },
    expect({ stdout }, { nonce }) {
      const seen = new Sections(nonce, stdout);
      const names = seen.lines('names');
      const hooks = seen.lines('hooks');
      const inside = names.includes(`etc/bootable-${nonce}`);
      if (seen.text('size') === '') return fail('The image of the running kernel is gone.', 'Without it the next boot ends in a panic. Make it anew before anything else.');
      if (hooks.length === 0) {
        if (inside) return fail('The file is in the image, but no hook puts it there.', 'The next kernel update makes the image from scratch, and your file would be gone. Let a hook do it.');
        if (seen.text('copy') !== '') return fail('Only the unpacked copy holds the file.', 'Nobody packs that folder again. What goes into the image is decided when it is made, by the hooks.');
        return fail('There is no hook of yours yet.', 'A hook is a script in a folder under /etc/initramfs-tools; the folder’s name says so.');
      }
      if (!hooks.some((line) => line.startsWith('x '))) return fail(`The hook ${hooks[0]?.slice(2) ?? ''} is not executable.`, 'A hook without the x bit is passed over without a word. Give it the bit, then make the image anew.');
      if (!inside) {
        if (seen.text('elsewhere') !== '') return fail(`A new image lies at ${seen.lines('elsewhere')[0] ?? ''}.`, 'GRUB loads another file: the one in /boot that its menu entry names. Rebuild that one.');
        if (seen.text('stale') !== '') return fail('The hook is newer than the image.', 'A hook runs when the image is made. Have the image of the running release updated; -k takes the release.');
        const other = names.find((line) => line.startsWith('etc/bootable-'));
        if (other !== undefined) return fail(`The image holds ${other}, which is another file.`, 'The name ends with the token of this start of the lab: look at /root/token once more.');
        return fail('The image was made anew, and the file is not in it.', 'The hook ran and put it elsewhere. What it copies has to lie under the folder in the variable DESTDIR, in etc.');
      }
      if (!names.includes('init') || !names.some((line) => line.includes('/ext4.ko'))) return fail('The image holds your file, but lacks /init or ext4.', 'With it this node would not come up. Do not pack it by hand: let the tool make it.');
      return pass([
        { statement: `The image that GRUB loads holds etc/bootable-${nonce}, /init and ext4 (${seen.text('size')} bytes).`, command: 'lsinitramfs /boot/initrd.img-$(uname -r)' },
        { statement: `An executable hook puts it there: ${hooks.find((line) => line.startsWith('x '))?.slice(2) ?? ''}.`, command: 'ls -l /etc/initramfs-tools/hooks' },
      ]);
    },
  },
  hints: [
    'A hook is called while the image is put together in a temporary folder, whose path is in DESTDIR. What it leaves there is packed. `man initramfs-tools` has an example.',
    'First it is called with the argument prereqs and should answer with nothing and end. After that it makes the folder `etc` under DESTDIR and copies the token there, under the name that is asked for.',
    'Make it executable. Then update the image with the tool whose name begins with update; on this node name the release with -k.',
  ],
  solution: { type: [write, 'chmod +x /etc/initramfs-tools/hooks/token', 'update-initramfs -u -k $(uname -r)'] },
  wrong: [
    { name: 'a file in the unpacked folder', type: [`cp /root/token /root/unpacked/${file}`], hint: 'Nobody packs that folder again', undo: [`rm /root/unpacked/${file}`] },
    { name: 'a hook without the x bit', type: [write], hint: 'passed over without a word', undo: ['rm /etc/initramfs-tools/hooks/token'] },
    { name: 'the image is not made anew', type: [write, 'chmod +x /etc/initramfs-tools/hooks/token'], hint: 'A hook runs when the image is made', undo: ['rm /etc/initramfs-tools/hooks/token'] },
    { name: 'an image at another path', type: [write, 'chmod +x /etc/initramfs-tools/hooks/token', 'mkinitramfs -o /root/initrd.new'], hint: 'GRUB loads another file', undo: ['rm /etc/initramfs-tools/hooks/token /root/initrd.new'] },
  ],
};
