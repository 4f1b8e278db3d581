import type { Scene } from '../../../src/lab/check.ts';
import { words } from '../../../src/lab/prose.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Entries, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';

export const bundles = ['debian-12', 'busybox'] as const;
export const bundlePath = (bundle: string): string => `/var/lib/bundles/${bundle}`;

interface Container {
  readonly name: string;
  /** The bundle whose root file system it runs on, when it is one of the two. */
  readonly bundle: string | undefined;
  readonly osSum: string;
  readonly osName: string;
  readonly mountNamespace: string;
  readonly bootId: string;
  readonly release: string;
}

/** One tab-separated line for each running container; looks through /proc/PID/root, and execs `uname` as the reader does. */
const listScript = `for name in $(crun list -q); do
  set -- $(crun state "$name" | jq -r '[.status, .pid, .bundle] | @tsv')
  [ "$1" = running ] || continue
  os=/proc/$2/root/etc/os-release
  printf '%s\\t%s\\t%s\\t%s\\t%s\\t%s\\t%s\\n' "$name" "$3" "$(sha256sum <"$os" | cut -c1-64)" "$(sed -n 's/^PRETTY_NAME=//p' "$os" | tr -d '"')" \\
    "$(readlink "/proc/$2/ns/mnt")" "$(cat "/proc/$2/root/proc/sys/kernel/random/boot_id")" "$(crun exec "$name" uname -r)"
done`;

function parse(line: string): Container {
  const [name = '', path = '', osSum = '', osName = '', mountNamespace = '', bootId = '', release = ''] = line.split('\t');
  return { name, bundle: bundles.find((bundle) => bundlePath(bundle) === path.replace(/\/$/, '')), osSum, osName, mountNamespace, bootId, release };
}

const originalSum = (baseline: string, bundle: string): string | undefined =>
  baseline.split('\n').map((line) => line.split(' ')).find(([kind, name]) => kind === 'os-release' && name === bundle)?.[2];

type Found = { readonly verdict: Verdict } | { readonly pair: readonly [Container, Container] };

/** The two containers, or why there are not two of different root file systems. */
function running({ baseline }: Scene, seen: Sections): Found {
  const containers = seen.lines('containers').map(parse);
  const [first, second] = bundles.map((bundle) => containers.find((one) => one.bundle === bundle));
  if (containers.length === 0) return { verdict: fail('No container is running.', 'Start one container from each of the two bundles and leave both running while you compare.') };
  if (first === undefined || second === undefined) {
    if (containers.length > 1) return { verdict: fail('The containers that run do not come from both bundles.', 'Two containers from one bundle show nothing about two root file systems: the other bundle lies beside it.') };
    return { verdict: fail('Only one container is running.', 'The comparison needs both at the same time, so that nobody can say the machine changed in between.') };
  }
  for (const one of [first, second]) {
    if (one.osSum !== originalSum(baseline, one.bundle ?? '')) return { verdict: fail(`The os-release that ${one.name} sees is not the one it came with.`, 'A changed `os-release` makes a label, not another user space. Put the file back as it was, or restart the lab.') };
  }
  if (first.mountNamespace === second.mountNamespace) return { verdict: fail('Both containers live in one mount namespace.', 'Leave the namespaces of the bundles as they are.') };
  return { pair: [first, second] };
}

/** What is wrong with the recorded values. */
function recordedProblem(entries: Entries, [debian, busybox]: readonly [Container, Container], host: { release: string; bootId: string }): Verdict | undefined {
  for (const [field, one] of [['release-debian', debian], ['release-busybox', busybox]] as const) {
    const value = entered(entries, field);
    if (value === '') return fail(`The kernel release inside ${one.bundle} is not recorded yet.`, 'Run the same tool inside the container that told you the release on the node.');
    if (value !== one.release) return fail(`Inside ${one.bundle} the kernel does not call itself "${value}".`, 'A user space of another release brings no kernel of that release. Ask inside the container, and believe the answer.');
  }
  for (const [field, one] of [['os-debian', debian], ['os-busybox', busybox]] as const) {
    const value = entered(entries, field).replaceAll('"', '').replace(/^PRETTY_NAME=/, '');
    if (value === '') return fail(`The name of the user space in ${one.bundle} is not recorded yet.`, 'The line `PRETTY_NAME` of its `/etc/os-release` holds it.');
    if (value !== one.osName) return fail(`"${value}" is not the user space of ${one.bundle}.`, 'Read the file inside that container: the node has an `/etc/os-release` of its own, and it is a third one.');
  }
  const bootId = entered(entries, 'boot-id');
  if (bootId === '') return fail('The boot id is not recorded yet.', 'Read `/proc/sys/kernel/random/boot_id` in each container and on the node, and record the one value that you see three times.');
  if (bootId !== host.bootId || bootId !== debian.bootId || bootId !== busybox.bootId) {
    return fail(`"${bootId}" is not the boot id of this machine and its containers.`, 'A boot id is drawn anew at each start of a kernel. Yours belongs to another boot, or is not a boot id.');
  }
  const conclusion = entered(entries, 'conclusion');
  if (words(conclusion).length < 8 || !/kernel/i.test(conclusion)) {
    return fail('The conclusion does not say yet what the two share.', 'In a sentence of eight words or more: what differs between the two, what is the same, and what that means for an image that needs a newer kernel.');
  }
  return undefined;
}

function verdict(scene: Scene, seen: Sections): Verdict {
  const found = running(scene, seen);
  if ('verdict' in found) return found.verdict;
  const host = { release: seen.text('release'), bootId: seen.text('boot-id') };
  const problem = recordedProblem(scene.entries, found.pair, host);
  if (problem !== undefined) return problem;
  return pass([
    ...found.pair.flatMap(({ name, bundle, osName, release }) => [
      { statement: `The container from ${bundle} has the user space "${osName}".`, command: `crun exec ${name} cat /etc/os-release` },
      { statement: `Inside it the kernel is ${release}.`, command: `crun exec ${name} uname -r` },
    ]),
    { statement: `Both containers and the node have the boot id ${host.bootId}.`, command: 'cat /proc/sys/kernel/random/boot_id' },
  ], { interpretations: [entered(scene.entries, 'conclusion')] });
}

const start = (bundle: string, name: string) => `crun run --detach --bundle ${bundlePath(bundle)} ${name}`;
const remove = (name: string) => `crun delete --force ${name}`;
const both = [start('debian-12', 'deb'), start('busybox', 'box')];
const prettyName = (bundle: string) => ({ run: `. ${bundlePath(bundle)}/rootfs/etc/os-release; echo "$PRETTY_NAME"` });
const right = {
  'release-debian': { run: 'crun exec deb uname -r' },
  'release-busybox': { run: 'crun exec box uname -r' },
  'os-debian': prettyName('debian-12'),
  'os-busybox': prettyName('busybox'),
  'boot-id': { run: 'cat /proc/sys/kernel/random/boot_id' },
  'conclusion': 'The files and tools differ, the kernel is one and the same: an image that needs a newer kernel needs another node.',
};
const typed = { 'release-debian': { run: 'uname -r' }, 'release-busybox': { run: 'uname -r' } };

export const containers: Step = {
  id: 'containers',
  title: 'Two user spaces, one kernel',
  fields: [
    { kind: 'line', id: 'release-debian', label: 'Kernel release inside the container from debian-12' },
    { kind: 'line', id: 'release-busybox', label: 'Kernel release inside the container from busybox' },
    { kind: 'line', id: 'os-debian', label: 'PRETTY_NAME inside the container from debian-12' },
    { kind: 'line', id: 'os-busybox', label: 'PRETTY_NAME inside the container from busybox' },
    { kind: 'line', id: 'boot-id', label: 'The boot id, the same in both and on the node' },
    { kind: 'lines', id: 'conclusion', label: 'What differs, what is shared, and what follows', rows: 3 },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ nonce }: Scene) => sectionScript(nonce, { 'containers': listScript, 'release': 'uname -r', 'boot-id': 'cat /proc/sys/kernel/random/boot_id' }),
    },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'A bundle is a directory with a root file system and a `config.json`; `crun` starts a container from it. Ask `crun run --help` how to leave it in the background and where to look for the bundle.',
    'Give each container a name of its own. With `crun exec` and that name you run one command inside.',
    'If a name is taken by a failed try, `crun list` shows it and `crun delete` with `--force` removes it.',
  ],
  solution: {
    type: [...both, 'crun exec deb uname -r', 'crun exec box uname -r', 'crun exec deb cat /etc/os-release', 'crun exec box cat /etc/os-release', 'crun exec box cat /proc/sys/kernel/random/boot_id'],
    enter: right,
  },
  wrong: [
    { name: 'only one container', type: [start('debian-12', 'deb')], enter: { ...right, ...typed }, undo: [remove('deb')], hint: 'at the same time' },
    { name: 'one bundle run twice', type: [start('busybox', 'one'), start('busybox', 'two')], enter: { ...right, ...typed }, undo: [remove('one'), remove('two')], hint: 'Two containers from one bundle' },
    {
      name: 'an edited os-release',
      type: [`cp -a ${bundlePath('busybox')}/rootfs/etc/os-release /tmp/os-release`, `sed -i 's/BusyBox/Alpine/' ${bundlePath('busybox')}/rootfs/etc/os-release`, ...both],
      enter: right,
      undo: [remove('deb'), remove('box'), `cp -a /tmp/os-release ${bundlePath('busybox')}/rootfs/etc/os-release`],
      hint: 'makes a label',
    },
    { name: 'the kernel that Debian 12 ships', type: both, enter: { ...right, 'release-debian': '6.1.0-28-amd64' }, undo: [remove('deb'), remove('box')], hint: 'brings no kernel' },
    { name: "the node's own os-release", type: both, enter: { ...right, 'os-debian': { run: '. /etc/os-release; echo "$PRETTY_NAME"' } }, undo: [remove('deb'), remove('box')], hint: 'it is a third one' },
    { name: 'the boot id of another report', type: both, enter: { ...right, 'boot-id': '1b4e28ba-2fa1-41d2-883f-0016d3cca427' }, undo: [remove('deb'), remove('box')], hint: 'belongs to another boot' },
    { name: 'a conclusion of one word', type: both, enter: { ...right, conclusion: 'same' }, undo: [remove('deb'), remove('box')], hint: 'an image that needs a newer kernel' },
  ],
};
