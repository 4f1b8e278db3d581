/**
 * Shell functions: what stands with the token in the kernel's log, and what was traced of hello and of such lines, in the order in which it
 * happened. `<N>` of a line of the log is its facility and level: 0 to 7 is the kernel's own. The times of the log and of the trace are of two
 * clocks, which drift apart where the processor's counter is not steady: nothing is compared between them.
 */
export const LOG = `greetings() { dmesg -r | grep -F "$(cat /root/token)"; }
events() { grep -E "module_(load|free): hello( |$)|console: .*$(cat /root/token)" /sys/kernel/tracing/trace; }`;

/** Whether it was somebody else than the kernel who wrote a line with the token. */
export const forged = (lines: readonly string[]): boolean => lines.some((line) => Number(/^<(\d+)>/.exec(line)?.[1]) > 7);

interface Traced {
  readonly what: 'load' | 'free' | 'said';
  /** Name and pid of the process in which it happened. */
  readonly task: string;
  /** Seconds of the trace's clock. */
  readonly at: number;
}

const KINDS: Readonly<Record<string, Traced['what']>> = { module_load: 'load', module_free: 'free', console: 'said' };

/** The last time that hello was in memory: from the process that loaded it to the one that removed it, with what the module said first in the one and last in the other. */
export class Stay {
  readonly loaded: boolean;
  readonly greeted: Traced | undefined;
  readonly parted: Traced | undefined;

  constructor(lines: readonly string[]) {
    const events = lines.flatMap((line): Traced[] => {
      const [, task, at, name = ''] = /^ *(\S.*-\d+) +\[\d+\] \S+ +(\d+\.\d+): (\w+): /.exec(line) ?? [];
      const what = KINDS[name];
      return task === undefined || what === undefined ? [] : [{ what, task, at: Number(at) }];
    });
    const from = events.findLastIndex(({ what }) => what === 'load');
    const end = events.findIndex(({ what }, index) => index > from && what === 'free');
    this.loaded = from !== -1;
    const said = this.loaded ? events.slice(from, end === -1 ? undefined : end).filter(({ what }) => what === 'said') : [];
    this.greeted = said.find(({ task }) => task === events[from]?.task);
    this.parted = said.findLast((line) => line.task === events[end]?.task && line !== this.greeted);
  }
}
