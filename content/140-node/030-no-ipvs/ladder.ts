import type { Scene } from '../../../src/lab/check.ts';
import { listed } from '../../../src/lab/prose.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { begun, SCHEDULER } from './node.ts';

function releaseProblem(release: string, baseline: string): Verdict | undefined {
  if (release === begun(baseline, 'built')) return undefined;
  if (release === '') return fail('The release that the file was built for is not recorded.', 'modinfo prints it among other words of the file: the field is called vermagic.');
  if (release === begun(baseline, 'running')) return fail(`The file was not built for ${release}.`, 'That is the folder it lies in, and the kernel that runs. A file can be put into any folder; what it was built for is written inside.');
  return fail(`"${release}" is not what the file says.`, 'The first word of vermagic is a release, with what follows the numbers.');
}

function verdict({ entries, baseline }: Scene, seen: Sections): Verdict {
  const [release, block, module] = [entered(entries, 'ladder-built'), entered(entries, 'ladder-block'), entered(entries, 'ladder-scheduler').replace(/\.ko$/, '').replaceAll('-', '_')];
  const before = begun(baseline, 'loaded').split(' ');
  const added = seen.lines('loaded').filter((name) => !before.includes(name));
  if (added.length > 0) return fail(`${listed(added)} came into memory after the lab began.`, 'First the evidence, then the change. Take it out again, and ask only questions that load nothing.');
  const problem = releaseProblem(release, baseline);
  if (problem !== undefined) return problem;
  if (block !== begun(baseline, 'block')) {
    if (block === '') return fail('The file that keeps ip_vs out is not recorded.', 'Let modprobe say what it would do, and then look for the file that tells it so.');
    return fail(block === begun(baseline, 'block').split('/').at(-1) ? `${block} is its name alone.` : `${block} is not the file that keeps ip_vs out.`, block.startsWith('/') ? 'Search the folders of modprobe for the name of the module; the file that counts has a line about it.' : 'Record the path of the file, from the root on.');
  }
  const wanted = `ip_vs_${begun(baseline, 'scheduler')}`;
  if (module !== wanted) {
    if (module === '') return fail('The module that the design needs and modprobe does not find is not recorded.', 'The configuration of kube-proxy names a scheduler. Each scheduler is a module of its own.');
    if (module === begun(baseline, 'scheduler')) return fail(`No module is called ${module}.`, 'The schedulers of IPVS have the name of the parent in front.');
    return fail(`${module} is not it.`, 'Do not guess from what other clusters use: the design of this node stands in /etc/kube-proxy. Ask modinfo for that one.');
  }
  return pass([
    { statement: `The file of ip_vs was built for ${release}; ${begun(baseline, 'running')} runs.`, command: 'modinfo -F vermagic ip_vs; uname -r' },
    { statement: `${block} has modprobe run /bin/false in place of ip_vs.`, command: 'modprobe -n -v ip_vs' },
    { statement: `The design asks for ${module}, and modprobe found no such module.`, command: `modinfo ${module}` },
  ]);
}

const right = {
  'ladder-built': { run: "modinfo -F vermagic ip_vs | cut -d ' ' -f 1" },
  'ladder-block': { run: 'grep -l ip_vs /etc/modprobe.d/*' },
  'ladder-scheduler': { run: `echo "ip_vs_$(${SCHEDULER})"` },
};

export const ladder: Step = {
  id: 'ladder',
  title: 'Three rungs, three faults',
  fields: [
    { kind: 'line', id: 'ladder-built', label: 'The release that the file of ip_vs was built for' },
    { kind: 'line', id: 'ladder-block', label: 'The path of the file that has modprobe do something else', placeholder: '/…' },
    { kind: 'line', id: 'ladder-scheduler', label: 'The module that the design needs and modprobe does not find' },
  ],
  check: {
    probe: { kind: 'guest', script: ({ nonce }) => sectionScript(nonce, { loaded: "cut -d ' ' -f 1 /proc/modules" }) },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'Four tools, in this order: lsmod for memory, modinfo for the file, modprobe with -n and -v for what would be done, and the log for what the kernel said. The first three are enough here.',
    'The field vermagic of modinfo begins with a release. What modprobe -n -v prints for ip_vs does not begin with insmod: a file in /etc/modprobe.d says why.',
    'The scheduler stands in the configuration of kube-proxy. Put ip_vs_ in front, and ask modinfo for that name.',
  ],
  solution: { type: ["lsmod | grep '^ip_vs'", 'modinfo ip_vs', 'modprobe -n -v ip_vs', 'grep -r ip_vs /etc/modprobe.d', 'cat /etc/kube-proxy/config.yaml', `modinfo ip_vs_$(${SCHEDULER})`], enter: right },
  wrong: [
    { name: 'the folder taken for the file', enter: { ...right, 'ladder-built': { run: 'uname -r' } }, hint: 'A file can be put into any folder' },
    { name: 'a report from another node', enter: { ...right, 'ladder-built': '6.8.0-45-generic' }, hint: 'The first word of vermagic' },
    { name: 'a file of the distribution', enter: { ...right, 'ladder-block': '/usr/lib/modprobe.d/systemd.conf' }, hint: 'Search the folders of modprobe' },
    { name: 'the scheduler that everybody uses', enter: { ...right, 'ladder-scheduler': 'ip_vs_rr' }, hint: 'Do not guess from what other clusters use' },
    { name: 'the scheduler without its parent', enter: { ...right, 'ladder-scheduler': { run: SCHEDULER } }, hint: 'the name of the parent in front' },
    { name: 'no release', enter: { ...right, 'ladder-built': '' }, hint: 'the field is called vermagic' },
    { name: 'a module loaded meanwhile', type: ['modprobe dummy'], enter: right, hint: 'First the evidence', undo: ['rmmod dummy'] },
  ],
};
