import type { Sections } from '../../../src/lab/sections.ts';
import { stateCommand } from './module-state.ts';

/** The requirements of the workload, as the page states them. */
export const contract = ['kernel', 'cgroup', 'overlay', 'br_netfilter', 'ip_vs', 'seccomp', 'memory'] as const;

const oldestKernel = [5, 8] as const;
/** MiB that must be available before the first pod. */
const leastMemory = 64;

/** The node, as the contract sees it. */
export interface Node {
  readonly release: string;
  readonly cgroup: string;
  readonly states: ReadonlyMap<string, string>;
  /** MiB, MemAvailable of proc_meminfo(5). */
  readonly memory: number;
  /** MiB, MemTotal of proc_meminfo(5): no more can be available. */
  readonly total: number;
  /** Modules of the contract that do not hold now, or would not after a reboot, but could. */
  readonly pending: readonly string[];
  readonly commands: ReadonlyMap<string, string>;
}

export function readNode(seen: Sections, states: ReadonlyMap<string, string>): Node {
  const persistent = seen.lines('persistent').map((line) => line.trim());
  const pending = [...states].filter(([name, state]) => state === 'available' || (state === 'loaded' && !persistent.includes(name))).map(([name]) => name);
  return {
    release: seen.text('release'),
    cgroup: seen.text('cgroup'),
    states,
    memory: Number(seen.text('memory')),
    total: Number(seen.text('total')),
    pending,
    commands: new Map([
      ['kernel', 'uname -r'],
      ['cgroup', 'stat -fc %T /sys/fs/cgroup'],
      ['memory', 'grep MemAvailable /proc/meminfo'],
      ...[...states].map(([name, state]): [string, string] => [name, stateCommand(name, state)]),
    ]),
  };
}

function newEnough(release: string): boolean {
  const [major = 0, minor = 0] = release.split('.').map(Number);
  return major > oldestKernel[0] || (major === oldestKernel[0] && minor >= oldestKernel[1]);
}

/** The verdict that the node's state carries. */
export function judge(node: Node): 'ready' | 'conditional' | 'not ready' {
  const impossible = !newEnough(node.release) || node.cgroup !== 'cgroup2fs' || node.memory < leastMemory || [...node.states.values()].includes('absent');
  if (impossible) return 'not ready';
  return node.pending.length > 0 ? 'conditional' : 'ready';
}

/** `123 MiB`, `= 123 MiB` and the like as a number; NaN for anything else. */
export const mebibytes = (value: string): number => Number(/^(?:is|=)?\s*(\d+)\s*MiB\b/.exec(value.trim())?.[1] ?? Number.NaN);

/** Whether the value cited for a requirement is the node's. Memory moves, so a quarter either way is true. */
export function truth(node: Node, key: string, value: string): boolean {
  const said = value.replace(/^(is|=)\s*/, '').trim();
  switch (key) {
    case 'kernel': return said === node.release;
    case 'cgroup': return said === node.cgroup || `${said}fs` === node.cgroup; // findmnt(8) calls cgroup2 what stat(1) calls cgroup2fs
    case 'memory': return Math.abs(mebibytes(said) - node.memory) <= node.memory / 4;
    default: return said === node.states.get(key);
  }
}
