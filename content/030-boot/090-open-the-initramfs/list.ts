import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { IMAGE, PATIENCE } from './image.ts';

const listing = 'lsinitramfs /boot/initrd.img-$(uname -r)';
const right = {
  modules: { run: `${listing} | grep -c '\\.ko'` },
  ext4: { run: `${listing} | grep '/ext4\\.ko'` },
};

export const list: Step = {
  id: 'list',
  title: 'What is inside',
  fields: [
    { kind: 'line', id: 'modules', label: 'Number of kernel modules in the image' },
    { kind: 'line', id: 'ext4', label: 'The entry of the ext4 module, as listed' },
  ],
  check: {
    probe: {
      kind: 'guest',
      timeout: PATIENCE,
      script: ({ nonce }) => `${IMAGE}\n${sectionScript(nonce, {
        names: "names | grep -E '\\.ko(\\.[a-z0-9]+)?$|/modules' ",
        disk: "find /lib/modules/$(uname -r)/ -name '*.ko*' | wc -l",
        loaded: 'wc -l </proc/modules',
      })}`,
    },
    expect({ stdout }, { entries, nonce }) {
      const seen = new Sections(nonce, stdout);
      const files = seen.lines('names').filter((line) => /\.ko(\.[a-z0-9]+)?$/.test(line));
      const ext4 = files.find((line) => /\/ext4\.ko/.test(line)) ?? '';
      const [text, path] = [entered(entries, 'modules'), entered(entries, 'ext4')];
      const count = Number(text);
      if (text === '' || path === '') return fail('The number of modules and the entry of ext4 are not recorded yet.', 'Let the tool list the image of the running release, and keep the lines that you need.');
      if (files.length === 0) return fail('The image of this kernel cannot be read.', 'It is /boot/initrd.img with the release behind it. Restart the lab if it is gone.');
      if (count !== files.length) {
        if (count === Number(seen.text('disk'))) return fail('That is how many modules lie on the disk.', 'The image holds a small choice of them. Count in the listing, not under /lib/modules.');
        if ([0, 1].some((header) => count === Number(seen.text('loaded')) + header)) return fail('That is how many modules are loaded now.', 'Loaded, installed and carried along are three numbers. Count in the listing of the image.');
        if (count === seen.lines('names').length || count > files.length) return fail(`${text} lines, but not all of them are modules.`, 'Folders and indexes have the word in their path as well. A module is a file whose name ends in .ko.');
        return fail(`The image does not hold ${text} modules.`, 'Count the names that end in .ko in a fresh listing.');
      }
      if (path.startsWith('/')) return fail('That is a path of the running system.', 'Names in the archive have no slash in front. modinfo answers for the disk; the listing answers for the image.');
      if (path.replace(/^\.\//, '') !== ext4) return fail(`The image has no entry "${path}".`, 'Take the line of the listing whole, from its first letter to .ko.');
      return pass([
        { statement: `The image holds ${files.length} kernel modules.`, command: listing },
        { statement: `ext4 is among them: ${ext4}.`, command: `${listing} | grep ext4` },
      ]);
    },
  },
  hints: [
    'initramfs-tools brings a tool for each question: one lists an image, one unpacks it, one makes it anew. All have initramfs in their name.',
    'The lister begins like ls. Its argument is the file in /boot with the running release in its name; grep does the rest, and its -c counts.',
  ],
  solution: { type: [`${listing} | grep '\\.ko'`], enter: right },
  wrong: [
    { name: 'the modules on the disk', enter: { ...right, modules: { run: "find /lib/modules/$(uname -r)/ -name '*.ko*' | wc -l" } }, hint: 'small choice of them' },
    { name: 'the modules that are loaded', enter: { ...right, modules: { run: 'lsmod | wc -l' } }, hint: 'Loaded, installed and carried along' },
    { name: 'every line with the word', enter: { ...right, modules: { run: "lz4cat /boot/initrd.img-$(uname -r) | cpio -t --quiet | grep -c modules" } }, hint: 'Folders and indexes' },
    { name: 'the module on the disk', enter: { ...right, ext4: { run: 'modinfo -n ext4' } }, hint: 'no slash in front' },
    { name: 'its name alone', enter: { ...right, ext4: 'ext4.ko' }, hint: 'from its first letter' },
  ],
};
