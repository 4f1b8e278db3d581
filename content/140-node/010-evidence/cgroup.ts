import type { Scene } from '../../../src/lab/check.ts';
import { refusal, repeat } from '../../../src/lab/observed.ts';
import { listed } from '../../../src/lab/prose.ts';
import { readerShell } from '../../../src/lab/reader-shell.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';

const set = (text: string): string[] => text.split(/[\s,]+/).filter((name) => name !== '').sort();
const same = (a: readonly string[], b: readonly string[]): boolean => a.join(' ') === b.join(' ');

function verdict({ entries }: Scene, seen: Sections): Verdict {
  const type = entered(entries, 'cgroup-type');
  const running = seen.text('type');
  if (type === '') return fail('The type of the cgroup file system is not recorded yet.', 'Ask which file system is mounted at `/sys/fs/cgroup`: its type is the mode.');
  if (type !== running && type !== seen.text('mounted')) {
    if (/^(v?2|cgroup v2|unified)$/i.test(type)) return fail(`"${type}" is what it means, not what the machine said.`, 'Record the observation first, as printed; "v2" is the conclusion that you draw from it.');
    return fail(`The file system at /sys/fs/cgroup is not of type "${type}".`, '`tmpfs` or `cgroup` there is how a node of the old mode answers. Ask this one.');
  }
  const command = entered(entries, 'cgroup-command');
  if (command === '') return fail('The command that gave the type is missing.', 'Record what you typed, so that it can be repeated.');
  const refused = refusal(command, type);
  if (refused !== undefined) return fail('The recorded command is no evidence.', refused);
  if (!seen.text('repeated').split(/\s+/).includes(type)) return fail('The recorded command, run again, does not print the recorded type.', 'The check repeated your command, with ten seconds and with no right to change anything, and the type was not among its words.');

  const controllers = set(entered(entries, 'controllers'));
  const live = set(seen.text('controllers'));
  if (controllers.length === 0) return fail('The controllers are not recorded yet.', 'A file at the root of the hierarchy lists what this kernel offers there.');
  if (!same(controllers, live)) {
    if (same(controllers, set(seen.text('enabled')))) return fail('These are not all controllers of this kernel.', 'That is `cgroup.subtree_control`: what is switched on for the children. The question is what could be.');
    const [missing, extra] = [live.filter((name) => !controllers.includes(name)), controllers.filter((name) => !live.includes(name))];
    return fail('The list of controllers differs from the running one.', `${extra.length > 0 ? `Not here: ${listed(extra)}. ` : ''}${missing.length > 0 ? `${missing.length} of the running ones missing. ` : ''}Take the list from the root of the hierarchy, whole.`);
  }

  const path = entered(entries, 'own-cgroup').replace(/^0::/, '');
  const own = seen.text('own').replace(/^0::/, '');
  if (own === '') return fail('There is no shell on the console now.', 'Press Enter in the terminal, so that it logs in again, and record the path of that shell.');
  if (path === '') return fail('The cgroup of your shell is not recorded yet.', 'Every process can read its own membership under `/proc/self`.');
  if (path !== own) {
    if (path.startsWith('/sys/fs/cgroup/')) return fail('That is a path in the file system.', 'The membership is written as a path inside the hierarchy, without the directory where it is mounted.');
    if (/^\d+:\S+:/.test(path)) return fail('That line is of the old mode.', 'A number and the name of a controller before the path is what a node with cgroup v1 prints, one line for each hierarchy.');
    return fail(`Your shell is not in "${path}".`, 'Ask in the terminal itself: each process has its own membership, and the one that counts here is the shell on ttyS0.');
  }
  return pass([
    { statement: `The file system at /sys/fs/cgroup is ${type}.`, command },
    { statement: `The kernel offers the controllers ${listed(controllers)}.`, command: 'cat /sys/fs/cgroup/cgroup.controllers' },
    { statement: `The shell on ttyS0 is in the cgroup ${own}.`, command: 'cat /proc/self/cgroup' },
  ], { interpretations: [`${type} means cgroup v2, the unified hierarchy; kubelet 1.35 refuses cgroup v1 by default.`] });
}

const right = {
  'cgroup-type': { run: 'stat -fc %T /sys/fs/cgroup' },
  'cgroup-command': 'stat -fc %T /sys/fs/cgroup',
  'controllers': { run: 'cat /sys/fs/cgroup/cgroup.controllers' },
  'own-cgroup': { run: 'cat /proc/$(pgrep -o -t ttyS0 bash)/cgroup' },
};

export const cgroup: Step = {
  id: 'cgroup',
  title: 'The mode of the cgroups',
  fields: [
    { kind: 'line', id: 'cgroup-type', label: 'Type of the file system at /sys/fs/cgroup' },
    { kind: 'line', id: 'cgroup-command', label: 'The command that printed it' },
    { kind: 'line', id: 'controllers', label: 'Controllers that the kernel offers there' },
    { kind: 'line', id: 'own-cgroup', label: 'The cgroup of your shell' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ entries, nonce }: Scene) => sectionScript(nonce, {
        type: 'stat -fc %T /sys/fs/cgroup',
        mounted: 'findmnt -no FSTYPE /sys/fs/cgroup', // statfs(2) and the table of mounts have a name each for one type
        repeated: repeat(entered(entries, 'cgroup-command')),
        controllers: 'cat /sys/fs/cgroup/cgroup.controllers',
        enabled: 'cat /sys/fs/cgroup/cgroup.subtree_control',
        own: `${readerShell}; grep '^0::' "/proc/$shell/cgroup"`,
      }),
    },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'A mounted file system has a type, and `stat` can print it instead of the facts about a file.',
    'The root of the hierarchy holds a file whose name begins with `cgroup.` and says which controllers there are.',
    'For your own membership ask `/proc/self`, from the shell in the terminal. One line, which begins with `0::`, is the sign of v2.',
  ],
  solution: {
    type: ['stat -fc %T /sys/fs/cgroup', 'cat /sys/fs/cgroup/cgroup.controllers', 'cat /proc/self/cgroup'],
    enter: right,
  },
  wrong: [
    { name: 'the conclusion in place of the observation', enter: { ...right, 'cgroup-type': 'v2' }, hint: 'the conclusion that you draw' },
    { name: 'the answer of an old node', enter: { ...right, 'cgroup-type': 'tmpfs' }, hint: 'a node of the old mode' },
    { name: 'the type of another path', enter: { ...right, 'cgroup-command': 'stat -fc %T /' }, hint: 'was not among its words' },
    { name: 'what is enabled in place of what there is', enter: { ...right, controllers: { run: 'cat /sys/fs/cgroup/cgroup.subtree_control' } }, hint: 'switched on for the children' },
    { name: 'the controllers of a 64-bit server', enter: { ...right, controllers: 'cpuset cpu io memory hugetlb pids rdma misc' }, hint: 'Not here:' },
    { name: 'a path with the mount point', enter: { ...right, 'own-cgroup': { run: 'echo "/sys/fs/cgroup$(cut -c4- /proc/$(pgrep -o -t ttyS0 bash)/cgroup)"' } }, hint: 'without the directory where it is mounted' },
    { name: 'a line of cgroup v1', enter: { ...right, 'own-cgroup': '9:memory:/user.slice' }, hint: 'cgroup v1 prints' },
    { name: 'the cgroup of another process', enter: { ...right, 'own-cgroup': { run: 'cat /proc/1/cgroup' } }, hint: 'the shell on ttyS0' },
  ],
};
