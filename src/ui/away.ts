import type { Timers } from '../base/timers.ts';

/** Milliseconds without output after which a machine in a hidden tab is paused. */
export const LEFT_ALONE = 60_000;

export interface AwayActs {
  /** Whether the machine does something that must not be held up: a check, a lab being made ready, a program that has the console. */
  readonly busy: () => boolean;
  readonly pause: () => void;
  /** The reader is back, after so many milliseconds in which the machine stood still. */
  readonly goOn: (stood: number) => void;
}

/**
 * A hidden tab's machine goes on running, for what it was left alone with: a build, a boot. Once its console has said nothing for a
 * minute and nothing is under way, it stands still until the reader is back.
 */
export class Away {
  readonly #timers: Timers;
  readonly #acts: AwayActs;
  #hidden = false;
  #since: number | undefined;
  #cancel: (() => void) | undefined;

  constructor(timers: Timers, acts: AwayActs) {
    this.#timers = timers;
    this.#acts = acts;
  }

  hidden(on: boolean): void {
    if (on === this.#hidden) return;
    this.#hidden = on;
    if (on) return this.#wait();
    this.#cancel?.();
    if (this.#since === undefined) return;
    const stood = this.#timers.now() - this.#since;
    this.#since = undefined;
    this.#acts.goOn(stood);
  }

  /** The console has said something. */
  printed(): void {
    if (this.#hidden && this.#since === undefined) this.#wait();
  }

  #wait(): void {
    this.#cancel?.();
    this.#cancel = this.#timers.after(LEFT_ALONE, () => {
      if (this.#acts.busy()) return this.#wait();
      this.#since = this.#timers.now();
      this.#acts.pause();
    });
  }
}
