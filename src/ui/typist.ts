import type { Channel } from '../machine/channel.ts';
import { atPrompt } from './transcript.ts';

export class NotAtPrompt extends Error {
  readonly remedy = 'End it first (q leaves a pager, Ctrl+C stops most programs), then try again.';
  constructor() {
    super('The console is busy with a program, so nothing was typed into it.');
    this.name = 'NotAtPrompt';
  }
}

/**
 * Types lines as a reader would: each ended by Enter, each when the prompt is back. Resolves at the prompt after the
 * last. Rejects with NotAtPrompt when something else has the console, or with the signal's reason.
 */
export async function typeLines(console: Channel, lines: readonly string[], signal?: AbortSignal): Promise<void> {
  if (!atPrompt(console.transcript())) throw new NotAtPrompt();
  for (const line of lines) {
    signal?.throwIfAborted();
    const back = promptReturns(console, signal);
    console.write(`${line}\r`);
    await back;
  }
}

/** A prompt counts only after the line's own end was echoed: until then the old one is still in sight. */
function promptReturns(console: Channel, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    let entered = false;
    signal?.addEventListener('abort', () => { done.abort(); reject(signal.reason); }, { signal: done.signal });
    console.read((data) => {
      entered ||= data.includes(10);
      if (!entered || !atPrompt(console.transcript())) return;
      done.abort();
      resolve();
    }, done.signal);
  });
}
