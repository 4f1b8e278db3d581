/** `# uname -r`, `$ ls`, `root@node-1:~# uname -r`, `grub> ls`, `(initramfs) cat /proc/cmdline`: prompt, then what is typed. */
const command = /^((?:[\w.-]+@[\w.-]+:\S*)?[#$]|grub(?: rescue)?>|\(initramfs\)|>) (.*)$/;

/** A line that stands for one or more lines left out. */
export const ELLIPSIS = '…';

export type SessionLine =
  | { readonly kind: 'command'; readonly prompt: string; readonly typed: string }
  | { readonly kind: 'output'; readonly text: string };

/** What a line of a `console` block is. A `>` only continues a command; elsewhere it is output. */
export function sessionLine(line: string, previous: SessionLine | undefined): SessionLine {
  const [, prompt, typed] = command.exec(line) ?? [];
  if (prompt === undefined || typed === undefined) return { kind: 'output', text: line };
  if (prompt === '>' && previous?.kind !== 'command') return { kind: 'output', text: line };
  return { kind: 'command', prompt, typed };
}

/** The lines of a block's text, each as what it is. */
export function sessionLines(text: string): SessionLine[] {
  const lines: SessionLine[] = [];
  for (const line of text.split('\n')) lines.push(sessionLine(line, lines.at(-1)));
  return lines;
}

/** What a fence may say after `console`. */
export interface FenceAttributes {
  /** Marks each output line that holds the words. */
  readonly mark?: string;
  /** From here on the page's blocks run on a fresh machine: restored, or booted from its firmware. */
  readonly machine?: 'snapshot' | 'cold';
  /** Why our machine does not run it, as the reader sees it: where the output came from, or what it would need. */
  readonly reason?: { readonly kind: 'recorded' | 'not-run'; readonly text: string };
}

const names = ['mark', 'machine', 'recorded', 'not-run'];
const machines = ['snapshot', 'cold', 'none'];

/** Reads a fence's attributes. What is wrong with them comes back in `faults`: found, and how to mend it. */
export function fenceAttributes(meta: string): FenceAttributes & { readonly faults: readonly { found: string; mend: string }[] } {
  const faults: { found: string; mend: string }[] = [];
  const given = new Map<string, string>();
  const rest = meta.replace(/([\w-]+)="([^"]*)"/g, (_all, name: string, value: string) => {
    if (given.has(name)) faults.push({ found: `${name} twice`, mend: 'Keep one of the two.' });
    given.set(name, value.trim());
    return '';
  }).trim();
  if (rest !== '') faults.push({ found: `"${rest}"`, mend: `Write name="value" with one of ${names.join(', ')}.` });
  for (const name of given.keys()) {
    if (!names.includes(name)) faults.push({ found: `the attribute ${name}`, mend: `Use one of ${names.join(', ')}.` });
  }
  for (const name of ['recorded', 'not-run'] as const) {
    if (given.get(name) === '') faults.push({ found: `${name} without a reason`, mend: `Say it: ${name}="${name === 'recorded' ? 'kubectl 1.36, a cluster of 3 nodes' : 'needs x86-64'}"; the reader sees it as a label.` });
  }
  const machine = given.get('machine');
  if (machine !== undefined && !machines.includes(machine)) faults.push({ found: `machine="${machine}"`, mend: `There are ${machines.join(', ')}.` });
  const kind = (['recorded', 'not-run'] as const).find((name) => given.get(name));
  if (machine === 'none' && kind === undefined && !given.has('recorded') && !given.has('not-run')) {
    faults.push({ found: 'machine="none" without a reason', mend: 'Say why it is not run: not-run="needs x86-64", or recorded="where it was".' });
  }
  const mark = given.get('mark');
  return {
    faults,
    ...(mark && { mark }),
    ...((machine === 'snapshot' || machine === 'cold') && { machine }),
    ...(kind && { reason: { kind, text: given.get(kind) ?? '' } }),
  };
}
