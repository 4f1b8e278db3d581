import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import type { Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { begun, CONFIG, IPVS, LOG, SCHEDULER } from './node.ts';

const restart = 'systemctl restart kube-proxy';
const name = `name=ip_vs_$(${SCHEDULER})`;
const index = '/lib/modules/$(uname -r)/modules.dep';

export const scheduler: Step = {
  id: 'scheduler',
  title: 'The scheduler of the design',
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce, baseline }) => {
        const module = `ip_vs_${begun(baseline, 'scheduler').replace(/\W/g, '')}`;
        return sectionScript(nonce, {
          parent: '[ -e /sys/module/ip_vs/initstate ]',
          now: SCHEDULER,
          path: `modinfo -n ${module}`,
          text: `grep '/${module}.ko:' ${index}`,
          memory: `[ -e /sys/module/${module}/initstate ]`,
          unit: 'systemctl show -P ActiveState kube-proxy',
          asked: `grep -c Scheduler ${LOG}`,
          log: `tail -n 1 ${LOG}`,
        });
      },
    },
    expect({ stdout }, { baseline, nonce }) {
      const seen = new Sections(nonce, stdout);
      const design = begun(baseline, 'scheduler');
      const module = `ip_vs_${design}`;
      if (seen.get('parent').code !== 0) return fail('ip_vs is not in memory.', 'A scheduler is a part that is plugged into ip_vs. Begin with that one.');
      if (seen.text('now') !== design) return fail(`The configuration asks for "${seen.text('now')}" now; it was ${design}.`, 'The design asks for one way of choosing a pod, and you have given the cluster another on one node. Mend the node, not the design.');
      if (seen.text('path') === '') {
        if (seen.text('text') !== '') return fail(`modules.dep names ${module}, and modprobe does not find it.`, 'The text is for people. modprobe reads the binary index beside it, and a tool writes both.');
        if (seen.get('memory').code === 0) return fail(`${module} is in memory, and the index does not know it.`, 'After the next boot somebody would have to type that path again. Mend what modprobe reads.');
        if (Number(seen.text('asked')) > 0) return fail(`kube-proxy has asked again, and the kernel does not find ${module}.`, 'A restart asks the same kernel the same question. Its log names the answer, and the kernel log names the module: is the file there? Is it in the index?');
        return fail(`modprobe does not find ${module}.`, 'Look for its file in the tree of the release, and then for its name in modules.dep. Which of the two is missing?');
      }
      if (seen.text('unit') !== 'active') return fail(`modprobe finds ${module} now, and kube-proxy is ${seen.text('unit')}.`, 'It ended when it failed, and nobody has started it since. Now a restart has a reason.');
      return pass([
        { statement: `The index names ${seen.text('path')}`, command: `modinfo -n ${module}` },
        { statement: `kube-proxy (stand-in): ${seen.text('log')}`, command: `systemctl status kube-proxy; tail ${LOG}` },
      ]);
    },
  },
  hints: [
    'find looks for a file below the tree of the release, grep looks for its name in modules.dep. Compare what they say of the module of the scheduler.',
    'The index is written by the tool that works out which module depends on which. Afterwards let kube-proxy ask once more.',
  ],
  solution: { type: ['depmod', restart, `tail -n 1 ${LOG}`] },
  wrong: [
    { name: 'restart and hope', type: [restart], hint: 'A restart asks the same kernel' },
    { name: 'past the index', type: [name, `insmod $(find /lib/modules/$(uname -r)/ -name $name.ko); ${restart}`], hint: 'type that path again', undo: ['systemctl stop kube-proxy; rmmod $name'] },
    { name: 'another scheduler', type: [`cp ${CONFIG} /root/config.kept; sed -i 's/scheduler: .*/scheduler: rr/' ${CONFIG}; ${restart}`], hint: 'Mend the node, not the design', undo: [`cp /root/config.kept ${CONFIG}; systemctl stop kube-proxy`] },
    { name: 'a line by hand', type: [`${name}; cp ${index} /root/dep.kept; echo "${IPVS}/$name.ko: ${IPVS}/ip_vs.ko" >> ${index}`], hint: 'reads the binary index beside it', undo: [`cp /root/dep.kept ${index}`] },
    { name: 'the index alone', type: ['depmod'], hint: 'Now a restart has a reason' },
  ],
};
