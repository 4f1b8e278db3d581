import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import type { ProbeOutput, Scene } from '../../../src/lab/check.ts';
import { fail, type Verdict } from '../../../src/lab/verdict.ts';

/** The three daemons, by what they do with their descriptors. */
export type Kind = 'leak' | 'many' | 'saw';

export interface Daemon {
  readonly kind: Kind;
  readonly pid: string;
  readonly start: string;
}

export const startOf = (pid: string): string => `sed 's/.*) //' /proc/${pid}/stat | cut -d ' ' -f 20`;

/** A line for each daemon: kind, pid, start time. `prepare` leaves kinds and pids in a file that this takes away. */
export const BASELINE = `while read -r kind pid; do echo "$kind $pid $(${startOf('$pid')})"; done < /run/shipper.pids; rm /run/shipper.pids`;

export const daemons = (baseline: string): readonly Daemon[] => baseline.split('\n').filter((line) => line !== '').map((line) => {
  const [kind = 'saw', pid = '0', start = ''] = line.split(' ');
  return { kind: kind as Kind, pid, start };
});

export const leaker = (baseline: string): Daemon => daemons(baseline).find(({ kind }) => kind === 'leak') ?? { kind: 'leak', pid: '0', start: '' };

/** The daemon with this pid, if it is one of the three. */
export const named = (baseline: string, pid: string): Daemon | undefined => daemons(baseline).find((one) => one.pid === pid);

/** Descriptors that the leaking daemon has from its start: enough that whoever forgets to take them off is far off. */
export const BASE = 150;

/** A probe: `$p` is the leaking daemon; `alive` has a line `pid start state` for each of the three that is there. */
export const look = (pieces: Readonly<Record<string, string>>) => (scene: Scene): string => `p=${leaker(scene.baseline).pid}\n${sectionScript(scene.nonce, {
  alive: `for pid in ${daemons(scene.baseline).map(({ pid }) => pid).join(' ')}; do [ -d /proc/$pid ] && echo "$pid $(${startOf('$pid')}) $(sed -n 's/^State:.\\(.\\).*/\\1/p' /proc/$pid/status)"; done`,
  count: 'ls /proc/$p/fd | wc -l',
  limit: "awk '/^Max open files/ { print $4, $5 }' /proc/$p/limits",
  age: "awk -v hz=$(getconf CLK_TCK) -v start=$(sed 's/.*) //' /proc/$p/stat | cut -d ' ' -f 20) '{ print $1 - start / hz }' /proc/uptime",
  ...pieces,
})}`;

export class Seen {
  readonly sections: Sections;
  readonly #alive: ReadonlyMap<string, string>;

  constructor({ stdout }: ProbeOutput, scene: Scene) {
    this.sections = new Sections(scene.nonce, stdout);
    this.#alive = new Map(this.sections.lines('alive').map((line): [string, string] => {
      const [pid = '', start = '', state = ''] = line.split(' ');
      return [`${pid} ${start}`, state];
    }));
  }

  /** The state letter of a daemon that still lives, undefined when it has gone. */
  state({ pid, start }: Daemon): string | undefined {
    return this.#alive.get(`${pid} ${start}`);
  }

  /** Descriptors a minute, on average since the start of the leaking daemon. */
  get rate(): number {
    return (Number(this.sections.text('count')) - BASE) / Number(this.sections.text('age')) * 60;
  }

  /** Soft and hard limit of the leaking daemon. */
  get limits(): readonly [string, string] {
    const [soft = '', hard = ''] = this.sections.text('limit').split(' ');
    return [soft, hard];
  }

  /** Why nothing can be measured any more; undefined while it can. */
  over(scene: Scene): Verdict | undefined {
    const lost = daemons(scene.baseline).find((one) => this.state(one) === undefined);
    if (lost !== undefined) return fail(`Process ${lost.pid} is not there any more.`, 'For this step all three have to run. What has ended does not come back: restart the lab.');
    if (Number(this.sections.text('count')) >= Number(this.limits[0])) return fail('The leaking daemon has reached its limit.', 'Each further open fails with EMFILE now, so nothing grows any more. You can see in its folder what that looks like; then restart the lab.');
    return undefined;
  }
}
