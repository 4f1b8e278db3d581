/** The kernel's own lines of the log, without lines that a program has written into it. */
export const KERNEL_LOG = "dmesg -r | sed -n 's/^<[0-7]>//p'";

export interface Oops {
  /** Of the first oops only: what comes later may be its consequence. */
  readonly address: string;
  readonly process: string;
  readonly symbol: string;
  /** Where in the function, and how long the function is, as printed. */
  readonly offset: string;
  readonly size: string;
  /** The functions of the call trace, in order; those behind a question mark are left out. */
  readonly trace: readonly string[];
}

export function firstOops(log: readonly string[]): Oops | undefined {
  const begin = log.findIndex((line) => /BUG: kernel NULL pointer dereference/.test(line));
  if (begin < 0) return undefined;
  const rest = log.slice(begin);
  const end = rest.findIndex((line) => /end trace/.test(line));
  const text = rest.slice(0, end < 0 ? rest.length : end);
  const find = (pattern: RegExp): RegExpExecArray | undefined => text.map((line) => pattern.exec(line)).find((match) => match !== null) ?? undefined;
  const place = find(/E?R?IP: (?:\d+:)?([\w.]+)\+(0x[0-9a-f]+)\/(0x[0-9a-f]+) \[rackmon\]/);
  if (place === undefined) return undefined;
  return {
    address: find(/address: ([0-9a-f]+)/)?.[1] ?? '',
    process: find(/ Comm: (\S+)/)?.[1] ?? '',
    symbol: place[1] ?? '',
    offset: place[2] ?? '',
    size: place[3] ?? '',
    trace: text.flatMap((line) => /\] {2}([\w.]+)\+0x/.exec(line)?.[1] ?? []),
  };
}

/** A number as somebody writes down an address: hexadecimal, with or without 0x and leading zeros. */
export const hex = (text: string): number => (/^(0x)?[0-9a-f]+$/i.test(text.trim()) ? Number.parseInt(text.trim().replace(/^0x/i, ''), 16) : Number.NaN);
