import type { Step } from '../../../src/lab/step.ts';
import { inRooms } from './judge.ts';
import { rooms } from './rooms.ts';
import { head, moduleLoop, tail, values, write } from './script.ts';

const [cgroup = '', memory = '', forward = '', swap = ''] = values;
const script = (...lines: readonly string[]): string[] => write(...head, ...moduleLoop, ...lines, ...tail);

export const settings: Step = {
  id: 'settings',
  title: 'Four values, and two faults at once',
  check: inRooms([rooms.sound, rooms.cgroup, rooms.memory, rooms.forward, rooms.swap, rooms.two, rooms.absent]),
  hints: [
    'Each of the four is one file or one mount point that the kernel answers for. None of them is below `/etc`.',
    'For the mode ask the type of the file system at `/sys/fs/cgroup`, as `stat` prints it with `-f`. For the controller look for a whole word in `cgroup.controllers` there.',
    '`/proc/swaps` always has its heading, so count its lines. The switch for routing is a file that holds 0 or 1.',
  ],
  solution: { type: script(...values) },
  wrong: [
    { name: 'a directory proves the mode', type: script('[ -d /sys/fs/cgroup ] || bad cgroup "missing"', memory, forward, swap), hint: 'exists in both modes' },
    { name: 'the wish of fstab', type: script(cgroup, memory, forward, '! grep -qw swap /etc/fstab || bad swap "in fstab"'), hint: 'is a wish' },
    { name: 'a sysctl that nobody asked', type: script(cgroup, memory, swap), hint: 'under `/proc/sys`' },
    { name: 'what the kernel was built with', type: script(cgroup, 'zgrep -q ^CONFIG_MEMCG=y /proc/config.gz || bad memory "not built"', forward, swap), hint: 'cgroup_disable=memory' },
    { name: 'ending at the first finding', type: script(...values).map((line) => line.replace('code=1; }', 'exit 1; }')), hint: 'comes back for the second' },
  ],
};
