import { listedForBoot, listsRead } from '../../../src/lab/boot-lists.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import type { Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { begun, IPVS, RULES, SCHEDULER, SUM } from './node.ts';

const list = '/etc/modules-load.d/ipvs.conf';
const load = 'systemctl restart systemd-modules-load';
const both = `printf '%s\\n' ip_vs ip_vs_$(${SCHEDULER})`;
const quiet = `rm ${list}; systemctl reset-failed systemd-modules-load; systemctl stop systemd-modules-load`;

export const durable: Step = {
  id: 'durable',
  title: 'Still there after the next reboot',
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }) => sectionScript(nonce, {
        list: listedForBoot,
        files: 'ls /etc/modules-load.d',
        modprobe: "grep -lE '^[[:space:]]*ip_vs' /etc/modprobe.d/*",
        loader: 'systemctl show -P ActiveState systemd-modules-load',
        tried: listsRead,
        proxy: 'systemctl show -P ActiveState kube-proxy',
        rules: RULES,
        sum: SUM,
        index: `depmod -n | sed -n 's,^${IPVS}/\\(.*\\)\\.ko:.*,\\1,p'`,
        memory: 'ls -d /sys/module/ip_vs*',
      }),
    },
    expect({ stdout }, { baseline, nonce }) {
      const seen = new Sections(nonce, stdout);
      const module = `ip_vs_${begun(baseline, 'scheduler')}`;
      const named = seen.lines('list').map((line) => line.trim());
      const missing = ['ip_vs', module].filter((name) => !named.includes(name));
      if (seen.text('rules') !== '') return fail('A rule keeps ip_vs out again.', 'What you load now would not come after a boot: the rule is read first. Begin at the second step.');
      if (seen.text('sum') !== begun(baseline, 'sum')) return fail('The file of ip_vs in the tree is not the one of this release.', 'The boot inserts what lies in the tree. Begin at the third step.');
      if (['ip_vs', module].some((name) => !seen.lines('index').includes(name))) return fail('An index that is written now would not hold both modules.', 'The next kernel package writes the index anew from the files below the tree. Are both files in there?');
      if (missing.length === 2) {
        if (named.some((line) => /^(modprobe|insmod)\b/.test(line))) return fail('The list holds a command.', 'Nobody runs these lines. A line of the list is the name of a module, and nothing else.');
        if (seen.text('modprobe') !== '') return fail(`${seen.lines('modprobe')[0]} holds names of modules.`, 'That folder says how a module is loaded when somebody asks. That it is asked for at boot stands in another folder, which systemd reads.');
        if (seen.lines('files').some((name) => !name.endsWith('.conf'))) return fail('There is a list that nobody reads.', 'Of this folder systemd takes only the files that end in .conf.');
        return fail('No list for the boot names ip_vs.', 'systemd-modules-load reads lists of names early in each boot. Give it one.');
      }
      if (missing.length === 1) return fail(`The list lacks ${missing[0]}.`, 'Name both. If one cannot be loaded, the journal of the boot then says which, before the first Service needs it.');
      if (seen.text('loader') === 'failed') return fail('systemd-modules-load has failed on one of its names.', 'Its status says which.');
      if (seen.text('loader') !== 'active') return fail('The list is written, and nobody has tried it.', 'Let the service read it now: a misspelt name is better found today than at the next reboot.');
      if (seen.get('tried').code !== 0) return fail('The list has changed since the service read it.', 'It has read another one, and said nothing of this one. Restart it: a start does nothing to a service that is active.');
      if (seen.lines('memory').length < 2) return fail('One of the two modules is not in memory.', 'Somebody has taken it out since. Let systemd-modules-load run again.');
      if (seen.text('proxy') !== 'active') return fail('kube-proxy does not run.', 'The node is mended for the next boot. Let kube-proxy ask once more for this one.');
      return pass([
        { statement: `ip_vs and ${module} are asked for at each boot, and a new index would hold both.`, command: 'systemd-analyze cat-config modules-load.d; depmod -n | grep ipvs/' },
        { statement: 'systemd-modules-load and kube-proxy (stand-in) are active, and no rule keeps ip_vs out.', command: 'systemctl status systemd-modules-load kube-proxy; modprobe -c | grep ip_vs' },
      ]);
    },
  },
  hints: [
    'modules-load.d(5) names the folder and the form: one name on a line, in a file whose ending is not free.',
    'Write both names, that of IPVS and that of the scheduler. Then restart systemd-modules-load and look at its status.',
  ],
  solution: { type: [`${both} > ${list}`, load, 'systemctl is-active systemd-modules-load'] },
  wrong: [
    { name: 'a file without the ending', type: [`${both} > /etc/modules-load.d/ipvs; ${load}`], hint: 'Of this folder systemd takes', undo: ['rm /etc/modules-load.d/ipvs'] },
    { name: 'the other folder', type: [`${both} > /etc/modprobe.d/ipvs.conf`], hint: 'That folder says how', undo: ['rm /etc/modprobe.d/ipvs.conf'] },
    { name: 'a command in the list', type: [`echo 'modprobe ip_vs' > ${list}; ${load}`], hint: 'Nobody runs these lines', undo: [quiet] },
    { name: 'only the parent', type: [`echo ip_vs > ${list}; ${load}`], hint: 'the boot then says which', undo: [quiet] },
    { name: 'the rule is back', type: ["echo 'blacklist ip_vs' > /etc/modprobe.d/99-back.conf", `${both} > ${list}; ${load}`], hint: 'Begin at the second step', undo: [`rm /etc/modprobe.d/99-back.conf; ${quiet}`] },
    { name: 'mended and not tried', type: [`echo ip_vs > ${list}; ${load}`, `${both} > ${list}`], hint: 'said nothing of this one', undo: [quiet] },
    { name: 'written and not tried', type: [`${both} > ${list}`], hint: 'better found today', undo: [`rm ${list}`] },
  ],
};
