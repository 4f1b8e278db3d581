import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import type { Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { begun } from './node.ts';

const own = '/lib/modules/$(uname -r)';
const unpack = 'tar -C / -xf /srv/mirror/linux-modules_$(uname -r).tar';
const fresh = [`rm -rf ${own}`];
const other = 'tree=$(ls /lib/modules)';

export const tree: Step = {
  id: 'tree',
  title: 'A tree for the running release',
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce, baseline }) => sectionScript(nonce, {
        kept: `[ -e /lib/modules/${begun(baseline, 'tree').replace(/[^\w.-]/g, '')}/modules.dep ]`,
        link: `[ -L ${own} ]`,
        folder: `[ -d ${own} ]`,
        path: 'modinfo -n overlay',
        files: `find ${own}/ -name '*.ko' | wc -l`,
        sum: `find ${own}/ -name overlay.ko | head -n 1 | xargs -r sha256sum | cut -c 1-64`,
        indexed: `grep -c '\\.ko' ${own}/modules.dep`,
        memory: '[ -e /sys/module/overlay/initstate ]',
      }),
    },
    expect({ stdout }, { baseline, nonce }) {
      const seen = new Sections(nonce, stdout);
      const [running, next] = [begun(baseline, 'running'), begun(baseline, 'tree')];
      if (seen.get('kept').code !== 0) return fail(`The tree of ${next} is gone.`, 'The next boot wants that kernel, and would stand where you stand now. Give it back, and get a tree of its own for the kernel that runs.');
      if (seen.get('link').code === 0) return fail(`The tree of ${running} is a link to another one.`, 'It gives the files of one kernel the name of the other. Ask for overlay, and read in the log what the running kernel says of them.');
      if (seen.get('folder').code !== 0) {
        if (seen.get('memory').code === 0) return fail(`overlay is in memory, and ${running} has no tree.`, 'One module is in, for this boot. The next one that the node needs fails as this one did.');
        return fail(`There is no module tree for ${running}.`, 'A kernel is served from the folder with its own release, and from no other. The mirror has packages: whose name is the one that you need?');
      }
      if (seen.text('sum') !== '' && seen.text('sum') !== begun(baseline, 'sum')) return fail(`The overlay.ko in the tree of ${running} was not built for it.`, 'To copy a file into the right folder changes nothing inside it: compare its vermagic, and the log after a modprobe.');
      if (Number(seen.text('files')) < Number(begun(baseline, 'files'))) return fail(`Of ${begun(baseline, 'files')} modules in the package the tree holds ${seen.text('files')}.`, 'Overlay is what failed first, not all that is missing: the packet filter of the node comes from the same tree. Unpack the package whole.');
      if (seen.text('path') === '') return fail('The files are there, and modprobe finds none of them.', 'A package brings modules and leaves the index to be written on the node: by the script that runs after an installation, or by you.');
      if (Number(seen.text('indexed')) < Number(begun(baseline, 'files'))) return fail(`The index names ${seen.text('indexed')} of ${begun(baseline, 'files')} modules.`, 'It was written when the tree was not yet whole, and nothing writes it again by itself.');
      return pass([{ statement: `The tree of ${running} is complete, and the index names ${seen.text('path')}`, command: 'modinfo -n overlay' }]);
    },
  },
  hints: [
    'The folder /srv/mirror stands for the package server. Two packages lie there; only one is for the kernel that runs.',
    'tar with -t shows where a package would put its files, with -C / and -x it puts them there. After that, the index has to be written: modprobe looks there and not in the folders.',
  ],
  solution: { type: [unpack, 'depmod', 'modinfo -n overlay'] },
  wrong: [
    { name: 'the package of the next kernel', type: [other, 'tar -C / -xf /srv/mirror/linux-modules_$tree.tar'], hint: 'whose name is the one' },
    { name: 'a link', type: [other, `ln -s $tree ${own}; modprobe overlay`], hint: 'the name of the other', undo: [`rm ${own}`] },
    { name: 'renamed', type: [other, `mv /lib/modules/$tree ${own}`], hint: 'would stand where you stand now', undo: [`mv ${own} /lib/modules/$tree`] },
    { name: 'a copy of the wrong file', type: [other, `mkdir -p ${own}/kernel; cp /lib/modules/$tree/kernel/fs/overlayfs/overlay.ko ${own}/kernel/; depmod`], hint: 'changes nothing inside it', undo: fresh },
    { name: 'one file of the package', type: [`${unpack} --wildcards '*/overlay.ko'; depmod`], hint: 'Unpack the package whole', undo: fresh },
    {
      name: 'one insertion', hint: 'for this boot', undo: ['rmmod overlay; rm -r /root/new'],
      type: ['mkdir /root/new; tar -C /root/new -xf /srv/mirror/linux-modules_$(uname -r).tar', 'insmod $(find /root/new -name overlay.ko)'],
    },
    { name: 'an index from before', type: [`${unpack} --wildcards '*/overlay.ko'; depmod; ${unpack}`], hint: 'nothing writes it again by itself', undo: fresh },
    { name: 'no index', type: [unpack], hint: 'by the script that runs after an installation', undo: fresh },
  ],
};
