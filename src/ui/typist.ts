import type { Channel } from '../machine/channel.ts';
import { promptAtEnd } from '../machine/prompt.ts';
import { Typist } from '../machine/typist.ts';

export class NotAtPrompt extends Error {
  readonly remedy = 'End it first (q leaves a pager, Ctrl+C stops most programs, exit leaves a shell), then try again.';
  constructor() {
    super('The console is busy with a program or another shell, so nothing was typed into it.');
    this.name = 'NotAtPrompt';
  }
}

/**
 * Types lines where the reader types, each when the prompt is back. Resolves at the prompt after the last. Rejects with
 * NotAtPrompt when something else has the console, or with the signal's reason.
 */
export async function typeLines(console: Channel, lines: readonly string[], signal?: AbortSignal): Promise<void> {
  if (promptAtEnd(console.transcript()) === undefined) throw new NotAtPrompt();
  const life = new AbortController();
  try {
    const typist = new Typist(console, life.signal);
    for (const line of lines) await typist.type(line, signal);
  } finally {
    life.abort();
  }
}
