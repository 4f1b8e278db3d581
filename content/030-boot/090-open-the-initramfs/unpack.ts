import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { folderWord, IMAGE, PATIENCE } from './image.ts';

export const unpack: Step = {
  id: 'unpack',
  title: 'Unpack it',
  fields: [{ kind: 'line', id: 'folder', label: 'The folder that holds the unpacked image', placeholder: '/…' }],
  check: {
    probe: {
      kind: 'guest',
      timeout: PATIENCE,
      script: ({ entries, nonce }) => `${IMAGE}\ndir=${folderWord(entered(entries, 'folder'))}\n${sectionScript(nonce, {
        kind: 'stat -L -c %F "$dir"',
        init: '[ -x "$dir/init" ]',
        real: "archive | cpio -i --to-stdout --quiet init '*.ko' 2>/dev/null | sha256sum",
        copy: 'cd "$dir" && archive | cpio -t --quiet init \'*.ko\' 2>/dev/null | xargs cat 2>/dev/null | sha256sum',
        missing: 'cd "$dir" && names | while IFS= read -r name; do [ -e "$name" ] || [ -L "$name" ] || echo "$name"; done | head -n 5',
      })}`,
    },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const folder = entered(entries, 'folder');
      if (folder === '') return fail('The folder is not recorded yet.', 'Unpack the image into a folder of your own, and record its path.');
      if (!folder.startsWith('/')) return fail(`"${folder}" is not a whole path.`, 'Begin with the slash: the check stands in another folder than your shell.');
      if (seen.text('kind') === '') return fail(`There is no ${folder}.`, 'Compare the path with what you typed.');
      if (seen.text('kind') !== 'directory') return fail(`${folder} is not a folder.`, 'A listing in a file tells names. Here the files themselves are wanted, with their content.');
      if (folder.replace(/\/+$/, '') === '') return fail('That is the running system.', 'The image would be spread over your own root. Use an empty folder.');
      if (seen.get('init').code !== 0) return fail(`${folder} has no /init.`, 'The kernel starts /init at the top of the unpacked image. Where it is missing, nothing or something else was unpacked here.');
      if (seen.text('copy') !== seen.text('real') || seen.text('real') === '') return fail('The modules in this folder are not those of the image.', 'The check compares every byte of /init and of the modules with the file in /boot. Unpack that very file once more.');
      if (seen.text('missing') !== '') return fail(`Files are missing, such as ${seen.lines('missing')[0]}.`, 'Unpack the image as a whole; do not pick from it.');
      return pass([{ statement: `${folder} holds the image file by file; /init and the modules are equal byte by byte.`, command: 'unmkinitramfs' }]);
    },
  },
  hints: [
    'The image is a cpio archive in a compressed stream. The tool that undoes its making knows both.',
    'Its name is that of mkinitramfs with two letters in front. It takes the image, then a folder.',
  ],
  solution: { type: ['unmkinitramfs /boot/initrd.img-$(uname -r) /root/unpacked'], enter: { folder: '/root/unpacked' } },
  wrong: [
    { name: 'an empty folder', type: ['mkdir /root/empty'], enter: { folder: '/root/empty' }, hint: 'at the top of the unpacked image', undo: ['rmdir /root/empty'] },
    { name: 'a listing', type: ['echo init > /root/listing'], enter: { folder: '/root/listing' }, hint: 'A listing in a file', undo: ['rm /root/listing'] },
    { name: 'put together from the disk', type: ['mkdir /root/made; cp /usr/share/initramfs-tools/init /root/made/'], enter: { folder: '/root/made' }, hint: 'compares every byte', undo: ['rm -r /root/made'] },
    { name: 'a relative path', enter: { folder: 'unpacked' }, hint: 'another folder than your shell' },
    { name: 'the running system', enter: { folder: '/' }, hint: 'spread over your own root' },
  ],
};
