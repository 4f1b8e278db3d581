import type { Timers } from '../base/timers.ts';

/** Milliseconds without output that count as quiet, after an Enter. */
export const QUIET = 400;

/** Calls `quiet` once when the console has fallen quiet after an Enter: what the reader did is then there to be seen. */
export class Quiet {
  readonly #timers: Timers;
  readonly #quiet: () => void;
  #cancel: (() => void) | undefined;

  constructor(timers: Timers, quiet: () => void) {
    this.#timers = timers;
    this.#quiet = quiet;
  }

  /** What the reader sends. */
  typed(data: string): void {
    if (data.includes('\r')) this.#wait();
  }

  /** Something was printed. */
  printed(): void {
    if (this.#cancel) this.#wait();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #wait(): void {
    this.#cancel?.();
    this.#cancel = this.#timers.after(QUIET, () => {
      this.#cancel = undefined;
      this.#quiet();
    });
  }
}
