import type { Channel } from '../machine/channel.ts';

/** A console for tests: what is written is kept in `typed`, and answered with the pieces that `answer` gives, as a serial line sends them. */
export function fakeShell(before: string, answer: (line: string) => readonly string[]): { channel: Channel; typed: string[]; listeners: Set<(data: Uint8Array) => void> } {
  let transcript = before;
  const typed: string[] = [];
  const listeners = new Set<(data: Uint8Array) => void>();
  const say = (text: string): void => {
    transcript += text;
    for (const listener of [...listeners]) listener(new TextEncoder().encode(text));
  };
  const channel: Channel = {
    write(data) {
      const line = String(data).replace(/\r$/, '');
      typed.push(line);
      queueMicrotask(() => answer(line).forEach(say));
    },
    read(listener, signal) {
      listeners.add(listener);
      signal?.addEventListener('abort', () => listeners.delete(listener));
    },
    transcript: () => transcript,
    boots: () => [transcript],
    boot: 0,
  };
  return { channel, typed, listeners };
}
