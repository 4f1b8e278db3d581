/** A shell function that prints the log and what was traced of hello. `<N>` of a line is its facility and level: 0 to 7 is the kernel's own. */
export const LOG = `greetings() { dmesg -r | grep -F "$(cat /root/token)"; }
events() { grep -E 'module_(load|free): hello( |$)' /sys/kernel/tracing/trace; }`;

export interface Greeting {
  readonly kernel: boolean;
  readonly at: number;
}

export const greetings = (lines: readonly string[]): Greeting[] => lines.flatMap((line) => {
  const [, priority, at] = /^<(\d+)>\[ *(\d+\.\d+)\]/.exec(line) ?? [];
  return priority === undefined ? [] : [{ kernel: Number(priority) < 8, at: Number(at) }];
});

/** When hello was last loaded and freed, in the log's seconds; undefined where it never was. */
export function lastTime(lines: readonly string[], event: 'load' | 'free'): number | undefined {
  const times = lines.flatMap((line) => (line.includes(`module_${event}: hello`) ? [Number(/ (\d+\.\d+): module_/.exec(line)?.[1])] : []));
  return times.at(-1);
}
