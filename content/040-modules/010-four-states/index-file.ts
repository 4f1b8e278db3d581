import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import type { Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';

export const index: Step = {
  id: 'index',
  title: 'The file is there, and nobody finds it',
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        path: 'modinfo -n squashfs',
        dep: "grep '/squashfs.ko:' /lib/modules/$(uname -r)/modules.dep",
        loaded: '[ -e /sys/module/squashfs/initstate ]',
        files: "find /lib/modules/$(uname -r)/ -name 'squashfs.ko*'",
        elsewhere: '[ -e /lib/modules/6.12.94-bootable/modules.dep ]',
      }),
    },
    expect({ stdout }, { nonce }) {
      const seen = new Sections(nonce, stdout);
      const files = seen.lines('files');
      if (files.length === 0) return fail('The file of squashfs is gone from the tree.', 'It lay under kernel/fs/squashfs. Restart the lab if you cannot bring it back.');
      if (seen.text('dep') === '') {
        if (seen.get('loaded').code === 0) return fail('squashfs is in memory, and the index still does not know it.', 'You went past the index, for this boot. The next mount after the next boot fails as before: mend what modprobe reads.');
        if (seen.get('elsewhere').code === 0) return fail('An index was written for another release.', 'With a release as its argument the tool works on that tree. Which release runs here?');
        if (files.length > 1) return fail(`The tree holds the file ${files.length} times, and the index knows none of them.`, 'Where in the tree a file lies is of no account as long as the index is old. Take the copy away and have the index written.');
        return fail('modprobe does not find squashfs.', 'The file is in the tree. Between the name and the file stands an index, and it was written while the file was away.');
      }
      if (seen.text('path') === '') return fail('modules.dep names squashfs, and modprobe does not find it.', 'modprobe reads a binary index beside that text. The tool that works out the dependencies writes both.');
      if (files.length > 1) return fail(`The tree holds the file ${files.length} times.`, 'One file for a name: take your copy away, and let the index be written once more.');
      if (seen.get('loaded').code === 0) return fail('The index is mended, and squashfs is in memory.', 'Nobody has asked for it yet, and the step asks for the state "available". Take it out.');
      return pass([{ statement: `squashfs is available: the index names ${seen.text('path')}`, command: 'modinfo -n squashfs' }]);
    },
  },
  hints: [
    'Compare two answers: what find says of squashfs.ko below the tree of the release, and what grep says of it in modules.dep.',
    'The index is not written by hand. The tool that works out which module depends on which writes it; it takes no argument when the running release is meant.',
  ],
  solution: { type: ['depmod'] },
  wrong: [
    { name: 'past the index', type: ['insmod $(find /lib/modules/$(uname -r)/ -name squashfs.ko)'], hint: 'for this boot', undo: ['rmmod squashfs'] },
    { name: 'a copy elsewhere in the tree', type: ['mkdir -p /lib/modules/$(uname -r)/extra; cp $(find /lib/modules/$(uname -r)/ -name squashfs.ko) /lib/modules/$(uname -r)/extra/'], hint: 'as long as the index is old', undo: ['rm -r /lib/modules/$(uname -r)/extra'] },
    { name: 'a line written by hand', type: ['echo kernel/fs/squashfs/squashfs.ko: >> /lib/modules/$(uname -r)/modules.dep'], hint: 'a binary index beside that text', undo: ["sed -i '/squashfs/d' /lib/modules/$(uname -r)/modules.dep"] },
    { name: 'the index of another release', type: ['depmod 6.12.94-bootable'], hint: 'works on that tree', undo: ['rm /lib/modules/6.12.94-bootable/modules.*'] },
  ],
};
