import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import type { Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { begun, IPVS, SUM } from './node.ts';

const unpack = 'tar -C / -xf /srv/mirror/ipvs-modules_$(uname -r).tar';
const foreign = 'other=$(ls /srv/mirror | grep -v "$(uname -r)")';

export const file: Step = {
  id: 'file',
  title: 'The file that fits',
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        loaded: '[ -e /sys/module/ip_vs/initstate ]',
        path: 'ls "$(modinfo -n ip_vs)"',
        built: "modinfo -F vermagic ip_vs | cut -d ' ' -f 1",
        sum: SUM,
        trees: 'ls /lib/modules',
        refused: "dmesg | grep -c 'ip_vs: disagrees about version'",
      }),
    },
    expect({ stdout }, { baseline, nonce }) {
      const seen = new Sections(nonce, stdout);
      const loaded = seen.get('loaded').code === 0;
      if (seen.text('sum') !== begun(baseline, 'sum')) {
        if (seen.text('path') === '') return fail('No file of ip_vs lies where the index says.', 'Taking the wrong file away is half of it: the mirror has the right one, for the same place.');
        if (loaded) return fail('ip_vs is in memory, and the tree holds another file than the one you inserted.', 'That holds for this boot. The next one asks the tree again, and finds what you found.');
        if (seen.lines('trees').length > 1) return fail('A package was unpacked into the tree of a release that does not run.', 'Two archives lie in the mirror, and their names say for which kernel each one is. Take the other, and remove what this one has left.');
        if (Number(seen.text('refused')) > 0) return fail('The kernel has refused the file of ip_vs.', 'modprobe gives an error number in words; the log says more than the tool. The file was built against another kernel, and no option of this kernel makes it fit. Replace it.');
        return fail(`The file of ip_vs is built for ${seen.text('built')}.`, 'Climb on: ask for the module now that nothing stops it, and read what modprobe and the log say.');
      }
      if (!loaded) return fail('The right file lies in its place, and ip_vs is not in memory.', 'Ask for it once more, now that file and kernel fit.');
      return pass([
        { statement: `The file of ip_vs is the one for ${seen.text('built')}, and it is loaded.`, command: 'modinfo -F vermagic ip_vs; ls /sys/module/ip_vs' },
      ]);
    },
  },
  hints: [
    'The module tree of a release must come from the package of that release. The folder /srv/mirror stands for the package server.',
    'The archives hold paths from the root on. tar with -t shows them, and with -C / and -x puts them into place. Then ask modprobe again.',
  ],
  solution: { type: [unpack, 'modprobe ip_vs', 'dmesg | tail -n 3'] },
  wrong: [
    { name: 'asked for as it is', type: ['modprobe ip_vs'], hint: 'the log says more than the tool' },
    { name: 'the package of another release', type: [foreign, 'tar -C / -xf /srv/mirror/$other'], hint: 'their names say for which kernel', undo: ['rm -r /lib/modules/$(tar -tf /srv/mirror/$other | head -n 1 | cut -d / -f 4)'] },
    {
      name: 'inserted from elsewhere', hint: 'holds for this boot', undo: ['rmmod ip_vs; rm -r /root/new'],
      type: ['mkdir /root/new; tar -C /root/new -xf /srv/mirror/ipvs-modules_$(uname -r).tar', `modprobe nf_conntrack; insmod /root/new/usr/lib/modules/$(uname -r)/${IPVS}/ip_vs.ko`],
    },
    { name: 'the wrong file taken away', type: ['mv $(modinfo -n ip_vs) /root/foreign.ko'], hint: 'half of it', undo: [`mv /root/foreign.ko /lib/modules/$(uname -r)/${IPVS}/ip_vs.ko`] },
    { name: 'unpacked and not asked', type: [unpack], hint: 'now that file and kernel fit' },
  ],
};
