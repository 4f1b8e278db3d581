import type { Node } from './node.ts';

export type Means = 'on this boot' | 'not on this boot';

export interface Requirement {
  readonly name: string;
  /** What a citation of it, command or value, has to name. */
  readonly about: RegExp;
  /** What a follow-up for it has to touch. */
  readonly touch: RegExp;
  /** What the page's table asks to be recorded. */
  readonly form: string;
  says(value: readonly string[], node: Node): boolean;
  met(node: Node): boolean;
  /** Whether a change to the running node could meet it. */
  means(node: Node): Means;
}

const value = (node: Node, name: string): string => node.get(name) ?? '';
const here = (): Means => 'on this boot';

/** Machine check, bad page, died, warning: the marks after which this kernel's own statements are in doubt. */
export const disqualifying: ReadonlyMap<number, string> = new Map([[4, 'M'], [5, 'B'], [7, 'D'], [9, 'W']]);

/** Any of the bits `disqualifying` in a value of /proc/sys/kernel/tainted. */
const doubtful = (tainted: number): boolean => [...disqualifying.keys()].some((bit) => (Math.floor(tainted / 2 ** bit) & 1) === 1);

function atLeast(release: string, major: number, minor: number): boolean {
  const [first = 0, second = 0] = release.split('.').map(Number);
  return first > major || (first === major && second >= minor);
}

/** The contract, as the page states it. */
export const contract: readonly Requirement[] = [
  {
    name: 'kernel', about: /uname|osrelease|\/proc\/version/, touch: /uname|osrelease|\/proc\/version/, form: 'the release of the running kernel',
    says: (words, node) => words.includes(value(node, 'kernel')),
    met: (node) => atLeast(value(node, 'kernel'), 5, 8),
    means: () => 'not on this boot',
  },
  {
    name: 'cgroup', about: /\/sys\/fs\/cgroup|cgroup2/, touch: /\/sys\/fs\/cgroup/, form: 'the type of the file system at /sys/fs/cgroup',
    says: (words, node) => words.some((word) => [value(node, 'cgroup'), value(node, 'cgroup').replace(/fs$/, '')].includes(word)),
    met: (node) => value(node, 'cgroup') === 'cgroup2fs',
    means: () => 'not on this boot',
  },
  {
    name: 'controllers', about: /kubepods\.slice\S*subtree_control/, touch: /kubepods\.slice|subtree_control/, form: 'the whole line of `cgroup.subtree_control` in kubepods.slice',
    says: (words, node) => [...words].sort().join(' ') === value(node, 'controllers').split(' ').sort().join(' '),
    met: (node) => ['cpu', 'memory', 'pids'].every((name) => value(node, 'controllers').split(' ').includes(name)),
    means: here,
  },
  {
    name: 'overlay', about: /overlay/, touch: /overlay/, form: 'its line in /proc/filesystems, or how many such lines there are',
    says: (words, node) => value(node, 'overlay') === '1' && (words.includes('overlay') || words.join() === '1'),
    met: (node) => value(node, 'overlay') === '1',
    means: here,
  },
  {
    name: 'br_netfilter', about: /(\/proc\/modules|lsmod|\/sys\/module).*br_netfilter|br_netfilter.*(\/proc\/modules|lsmod)/, touch: /br_netfilter/, form: 'how many lines of /proc/modules begin with its name',
    says: (words, node) => (value(node, 'br_netfilter') === '1' ? words.some((word) => ['1', 'br_netfilter', 'live'].includes(word)) : words.join() === '0'),
    met: (node) => value(node, 'br_netfilter') === '1',
    means: (node) => (value(node, 'br_netfilter-file') === 'there' ? 'on this boot' : 'not on this boot'),
  },
  {
    name: 'forward', about: /ip_forward/, touch: /ip_forward|sysctl --system|systemd-sysctl/, form: 'the value of net.ipv4.ip_forward',
    says: (words, node) => words.at(-1) === value(node, 'forward'),
    met: (node) => value(node, 'forward') === '1',
    means: here,
  },
  {
    name: 'swap', about: /SwapTotal|\bfree\b.*Swap/, touch: /swap/i, form: 'SwapTotal of /proc/meminfo, in kB',
    says: (words, node) => words.includes(value(node, 'swap')),
    met: (node) => value(node, 'swap') === '0',
    means: here,
  },
  {
    name: 'tainted', about: /tainted/, touch: /taint|reboot|dmesg|journalctl/, form: 'the number in /proc/sys/kernel/tainted',
    says: (words, node) => words.at(-1) === value(node, 'tainted'),
    met: (node) => !doubtful(Number(value(node, 'tainted'))),
    means: () => 'not on this boot',
  },
  {
    // not that of the root's device, which may be 0 as well
    name: 'data', about: /^(?!.*\/sda\d*\/).*errors_count/, touch: /fsck|errors_count|\/var\/lib\/payments|loop0/, form: 'the volume\'s `errors_count` under /sys/fs/ext4',
    says: (words, node) => words.at(-1) === value(node, 'data'),
    met: (node) => value(node, 'data') === '0',
    means: here,
  },
];

export const names: readonly string[] = contract.map(({ name }) => name);
export const requirement = (name: string): Requirement | undefined => contract.find((one) => one.name === name);
export const unmet = (node: Node): Requirement[] => contract.filter((one) => !one.met(node));

/** The verdict that the node's state carries: that of its weakest requirement. */
export function judge(node: Node): 'ready' | 'conditional' | 'not ready' {
  const open = unmet(node);
  if (open.some((one) => one.means(node) === 'not on this boot')) return 'not ready';
  return open.length > 0 ? 'conditional' : 'ready';
}
