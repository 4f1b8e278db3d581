import type { Channel } from '../machine/channel.ts';

/** The work that is measured in our machine and in QEMU alike. */
export const FORKS = 100;
export const FORK_EXEC = (command: string): string => `i=0; while [ $i -lt ${FORKS} ]; do ${command}; i=$((i+1)); done`;
export const STRACE_LS = 'strace -c -o /dev/null ls /tmp >/dev/null';

/** The middle one, rounded to tenths. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? NaN) * 10) / 10;
}

/** GRUB waits three seconds for a choice; a measurement does not. */
export function pressEnterAtMenu(console: Channel, signal: AbortSignal): void {
  watchText(console, 'executed automatically', () => console.write('\r'), signal);
}

export function untilPrompt(console: Channel, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => watchText(console, 'root@node-1:~# ', resolve, signal));
}

/** Calls `then` once, when the console's output has held `text`. */
function watchText(console: Channel, text: string, then: () => void, signal: AbortSignal): void {
  const once = new AbortController();
  const decoder = new TextDecoder();
  let tail = '';
  console.read((data) => {
    tail = (tail + decoder.decode(data, { stream: true })).slice(-4096);
    if (!tail.includes(text)) return;
    once.abort();
    then();
  }, AbortSignal.any([signal, once.signal]));
}
