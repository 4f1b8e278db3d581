/** A trace of `strace -f -o`: each line has the pid in front. */
export interface TraceLine {
  /** As `grep -n` counts. */
  readonly number: number;
  readonly pid: string;
  readonly text: string;
}

export function traceLines(text: string): TraceLine[] {
  return text.split('\n').flatMap((line, index) => {
    const match = /^(\d+)\s+(.*)$/.exec(line);
    return match === null ? [] : [{ number: index + 1, pid: match[1] ?? '', text: match[2] ?? '' }];
  });
}

/** One call with both of its lines, where strace had to tear it in two. */
export interface TracedCall {
  readonly pid: string;
  readonly name: string;
  readonly lines: readonly number[];
  /** Arguments and result, joined. */
  readonly text: string;
}

export function tracedCalls(lines: readonly TraceLine[]): TracedCall[] {
  const calls: TracedCall[] = [];
  const open = new Map<string, TracedCall>();
  for (const { number, pid, text } of lines) {
    const resumed = /^<\.\.\. (\w+) resumed>(.*)$/.exec(text);
    const begun = /^(\w+)\((.*)$/.exec(text);
    if (resumed !== null) {
      const first = open.get(pid);
      if (first === undefined) continue;
      open.delete(pid);
      calls.push({ ...first, lines: [...first.lines, number], text: `${first.text}${resumed[2] ?? ''}` });
    } else if (begun !== null) {
      const call = { pid, name: begun[1] ?? '', lines: [number], text: (begun[2] ?? '').replace(/<unfinished \.\.\.>$/, '') };
      if (/<unfinished \.\.\.>$/.test(text)) open.set(pid, call);
      else calls.push(call);
    }
  }
  return [...calls, ...open.values()].sort((a, b) => (a.lines[0] ?? 0) - (b.lines[0] ?? 0));
}

export const makers = ['vfork', 'fork', 'clone', 'clone3'] as const;

/** The pid of the first process, and that of the one which became `program`. */
export function family(calls: readonly TracedCall[], program: string): { readonly shell: string; readonly child: string | undefined } {
  const child = calls.find(({ name, text }) => name === 'execve' && text.startsWith(`"/usr/bin/${program}"`) && / = 0$/.test(text));
  return { shell: calls[0]?.pid ?? '', child: child?.pid };
}
