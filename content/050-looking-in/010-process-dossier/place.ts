import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { FIND, look, seen, target } from './target.ts';

const KINDS = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'];
const ofOwn = (pid: string) => `for kind in ${KINDS.join(' ')}; do [ "$(readlink /proc/${pid}/ns/$kind)" = "$(readlink /proc/1/ns/$kind)" ] || echo $kind; done`;
const extra = (pid: string) => `awk 'NR == FNR { seen[$5]; next } !($5 in seen) { print $5 }' /proc/1/mountinfo /proc/${pid}/mountinfo`;
const kilobytes = (field: string) => `awk '/^${field}:/ { print $2 }' /proc/$p/status`;

const right = {
  cgroup: { run: `${FIND}; sed -n 's/^0:://p' /proc/$p/cgroup` },
  namespaces: { run: `${FIND}; echo $(${ofOwn('$p')})` },
  mount: { run: `${FIND}; ${extra('$p')}` },
  rss: { run: `${FIND}; ${kilobytes('VmRSS')}` },
};

/** A resident set changes while a process sleeps, if the kernel takes pages back. */
const tolerance = 0.1;

export const place: Step = {
  id: 'place',
  title: 'Where it lives',
  fields: [
    { kind: 'line', id: 'cgroup', label: 'Its cgroup, as the kernel writes it' },
    { kind: 'line', id: 'namespaces', label: 'The kinds of namespace that it does not share with process 1' },
    { kind: 'line', id: 'mount', label: 'A mount point that it sees and process 1 does not' },
    { kind: 'line', id: 'rss', label: 'Its resident memory, in kB' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: look({ cgroup: "sed -n 's/^0:://p' /proc/$p/cgroup", namespaces: ofOwn('$p'), mount: extra('$p'), otherMount: extra('$o'), rss: kilobytes('VmRSS'), size: kilobytes('VmSize') }),
    },
    expect(output, scene) {
      const found = seen(output, scene);
      if ('verdict' in found) return found.verdict;
      const { sections } = found;
      const [cgroup, namespaces, mount, rss] = ['cgroup', 'namespaces', 'mount', 'rss'].map((id) => entered(scene.entries, id));
      if (!cgroup || !namespaces || !mount || !rss) return fail('Four observations are asked for.', 'They are in cgroup, ns, mountinfo and status, all in the folder of the process.');
      if (cgroup.replace(/^0::/, '') !== sections.text('cgroup')) {
        return cgroup.startsWith('/sys/fs/cgroup')
          ? fail('That is a path in the file system.', 'The kernel writes the path inside the hierarchy, without the place where somebody has mounted it.')
          : fail(`The process is not in the cgroup ${cgroup}.`, 'Its own file cgroup has one line that begins with 0::. Copy what stands behind that.');
      }
      const own = sections.lines('namespaces');
      const told = namespaces.split(/[\s,]+/).map((kind) => kind.replace(/:.*/, '').replace(/^mount$/, 'mnt')).filter((kind) => kind !== '');
      if ([...told].sort().join(' ') !== [...own].sort().join(' ')) {
        if (told.length >= KINDS.length) return fail('Those are all the namespaces that it is in.', 'Each process is in one of every kind. The question is where the number in brackets differs from that of process 1.');
        return fail(`It does not differ from process 1 in exactly: ${told.join(', ')}.`, 'Compare link by link: the two processes share a namespace where both links show the same number.');
      }
      if (mount !== sections.text('mount')) {
        return mount === sections.text('otherMount')
          ? fail(`${mount} is a mount of the other ledgerd.`, 'Each of the two has a mount namespace of its own. Read the mountinfo of your pid.')
          : fail(`${mount} is no mount point that only this process sees.`, 'Its mountinfo lists what it sees, the fifth field is the mount point. Take the difference to the list of process 1; your own mount command shows your namespace.');
      }
      const real = Number(sections.text('rss'));
      if (!(Math.abs(Number(rss.replace(/\s*kB$/i, '')) - real) <= tolerance * real)) {
        return rss.replace(/\s*kB$/i, '') === sections.text('size')
          ? fail('That is the size of its address space.', 'Addresses cost nothing until they are used. What lies in memory is another line of status.')
          : fail(`Its resident memory is not ${rss} kB.`, 'status has it in kB. A value that ps or a page count gave may be in another unit.');
      }
      const { pid } = target(scene);
      return pass([
        { statement: `It is in the cgroup ${cgroup}.`, command: `cat /proc/${pid}/cgroup` },
        { statement: `It has namespaces of its own of the kinds ${told.join(' and ')}, and sees ${mount} mounted.`, command: `ls -l /proc/${pid}/ns; cat /proc/${pid}/mountinfo` },
        { statement: `About ${rss.replace(/ *kB$/i, '')} kB of it are in memory.`, command: `grep VmRSS /proc/${pid}/status` },
      ]);
    },
  },
  hints: [
    'Process 1 is the measure: compare each link in its folder ns with the one of the same name in yours.',
    'For the mount, print the fifth field of both mountinfo files and compare: one line exists on one side only.',
    'The memory is in status. Two lines sound alike, VmSize and VmRSS.',
  ],
  solution: {
    type: ['cat /proc/$(pgrep -o -f ^/opt/ledger/bin/ledgerd)/cgroup', 'ls -l /proc/1/ns /proc/$(pgrep -o -f ^/opt/ledger/bin/ledgerd)/ns', 'tail -n 2 /proc/$(pgrep -o -f ^/opt/ledger/bin/ledgerd)/mountinfo'],
    enter: right,
  },
  wrong: [
    { name: 'a path with the mount point', enter: { ...right, cgroup: { run: `${FIND}; echo "/sys/fs/cgroup$(sed -n 's/^0:://p' /proc/$p/cgroup)"` } }, hint: 'without the place where somebody has mounted it' },
    { name: 'the cgroup of the shell', enter: { ...right, cgroup: { run: 'sed -n s/^0:://p /proc/1/cgroup' } }, hint: 'one line that begins with 0::' },
    { name: 'all namespaces', enter: { ...right, namespaces: { run: 'ls /proc/1/ns | grep -v for_children | tr "\\n" " "' } }, hint: 'in one of every kind' },
    { name: 'the mount namespace alone', enter: { ...right, namespaces: 'mnt' }, hint: 'Compare link by link' },
    { name: 'a mount of everybody', enter: { ...right, mount: '/tmp' }, hint: 'Take the difference' },
    { name: 'the size in place of the residence', enter: { ...right, rss: { run: `${FIND}; ${kilobytes('VmSize')}` } }, hint: 'Addresses cost nothing' },
  ],
};
