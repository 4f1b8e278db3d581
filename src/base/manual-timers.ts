import type { Timers } from './timers.ts';

/** Time that moves only when a test says so. */
export class ManualTimers implements Timers {
  #now = 0;
  #due: { at: number; run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const entry = { at: this.#now + ms, run };
    this.#due.push(entry);
    return () => { this.#due = this.#due.filter((other) => other !== entry); };
  }

  /** Lets the earliest timer fire; false when none is set. */
  next(): boolean {
    const first = this.#due.toSorted((a, b) => a.at - b.at)[0];
    if (!first) return false;
    this.#due = this.#due.filter((other) => other !== first);
    this.#now = Math.max(this.#now, first.at);
    first.run();
    return true;
  }
}
