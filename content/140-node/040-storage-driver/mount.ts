import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import type { Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { begun, LAYERS } from './node.ts';

const enter = 'cd /srv/pods/pod-*';
const layers = `lowerdir=${LAYERS}/app:${LAYERS}/base`;
const over = (options: string): string => `mount -t overlay overlay -o ${options} /srv/pods/pod-*/merged`;
const whole = 'upperdir=$PWD/upper,workdir=$PWD/work';
const leave = 'umount /srv/pods/pod-*/merged';

export const mount: Step = {
  id: 'mount',
  title: 'The mount that failed',
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce, baseline }) => {
        const pod = begun(baseline, 'pod').replace(/[^\w./-]/g, '');
        return sectionScript(nonce, {
          type: `awk '$2 == "${pod}/merged" { print $3 }' /proc/mounts | tail -n 1`,
          options: `awk '$2 == "${pod}/merged" { print $4 }' /proc/mounts | tail -n 1`,
          version: `cat ${pod}/merged/version`,
          expected: `cat ${LAYERS}/app/version`,
          os: `cat ${pod}/merged/os`,
          ready: `[ -f ${pod}/merged/ready ]`,
          upper: `[ -f ${pod}/upper/ready ]`,
          layer: `ls ${LAYERS}/*/ready`,
        });
      },
    },
    expect({ stdout }, { baseline, nonce }) {
      const seen = new Sections(nonce, stdout);
      const pod = begun(baseline, 'pod');
      const given = new Map(seen.text('options').split(',').map((option): [string, string] => [option.split('=')[0] ?? '', option.split('=').slice(1).join('=')]));
      if (seen.text('layer') !== '') return fail('The file ready lies in a layer of the image.', 'Layers are shared by all pods that run the image. Take it away there, and write through the mount.');
      if (seen.text('type') === '') return fail(`Nothing is mounted on ${pod}/merged.`, 'Do what the runtime tried: a mount of the type overlay, with two layers below and the folders of the pod above.');
      if (seen.text('type') !== 'overlay') return fail(`On ${pod}/merged is a mount, and no overlay.`, 'A bind mount shows one folder in a second place. The image has two layers, and the pod wants to write.');
      if (seen.text('version') !== seen.text('expected') || seen.text('expected') === '') return fail('The file version comes from the wrong layer.', 'Both layers have a file of this name, and one hides the other. In lowerdir the uppermost layer stands first.');
      if (seen.text('os') !== 'base') return fail('What only the base has is not in the mount.', 'The pod needs both layers: lowerdir takes several folders, parted by colons.');
      if (!['upper', './upper', `${pod}/upper`].includes((given.get('upperdir') ?? '').replace(/\/$/, ''))) return fail('What the pod writes has nowhere to go, or goes elsewhere.', `Without an upper folder an overlay is read-only. The pod has one, ${pod}/upper, and work beside it.`);
      if (seen.get('ready').code !== 0) return fail('The mount stands, and nobody has written into it.', 'A mount in a table is not yet one that works. Make the file ready in it.');
      if (seen.get('upper').code !== 0) return fail('The file ready is seen in the mount and does not lie in the upper folder.', 'Somebody has changed a folder under the mount. Mount it anew, and write through it.');
      return pass([{ statement: `overlay is mounted on ${pod}/merged, shows both layers, and keeps what is written in upper.`, command: `grep ${pod} /proc/mounts; ls ${pod}/upper` }]);
    },
  },
  hints: [
    'mount(8) and the kernel’s page on overlayfs name the three options: lowerdir, upperdir and workdir. The layers of the image are in /srv/layers, the folders of the pod in /srv/pods.',
    'lowerdir takes the app before the base, with a colon between them. Then touch a file called ready in the mount.',
  ],
  solution: { type: [enter, over(`${layers},${whole}`), 'touch merged/ready; ls upper; cat merged/version; cd'] },
  wrong: [
    { name: 'a bind mount', type: [`mount --bind ${LAYERS}/app /srv/pods/pod-*/merged`], hint: 'shows one folder in a second place', undo: [leave] },
    { name: 'the layers in the wrong order', type: [enter, `${over(`lowerdir=${LAYERS}/base:${LAYERS}/app,${whole}`)}; touch merged/ready; cd`], hint: 'the uppermost layer stands first', undo: [`${leave}; rm -r /srv/pods/pod-*/upper/ready /srv/pods/pod-*/work/work`] },
    { name: 'one layer', type: [enter, `${over(`lowerdir=${LAYERS}/app,${whole}`)}; cd`], hint: 'parted by colons', undo: [`${leave}; rm -r /srv/pods/pod-*/work/work`] },
    { name: 'read-only', type: [over(layers)], hint: 'Without an upper folder', undo: [leave] },
    { name: 'written into a layer', type: [enter, `${over(`${layers},${whole}`)}; touch ${LAYERS}/app/ready; cd`], hint: 'shared by all pods', undo: [`rm ${LAYERS}/app/ready; ${leave}; rm -r /srv/pods/pod-*/work/work`] },
    { name: 'mounted and not tried', type: [enter, `${over(`${layers},${whole}`)}; cd`], hint: 'is not yet one that works', undo: [`${leave}; rm -r /srv/pods/pod-*/work/work`] },
  ],
};
