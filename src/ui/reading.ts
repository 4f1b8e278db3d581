import type { Timers } from '../base/timers.ts';

/** Words a second that nobody reads faster than: some six hundred a minute. */
export const PACE = 10;
const TICK = 1000;

export interface Section {
  readonly id: string;
  /** Of its text, without the sessions. */
  readonly words: number;
}

interface Known {
  /** Milliseconds that are still to be spent with it in view. */
  left: number;
  inView: boolean;
  ended: boolean;
}

/**
 * Decides what was read. A section was when its end has been on the screen, and it was in view for as long as the fastest reading
 * takes, with the page in front. Scrolling past is no reading, and neither is an hour in which the laptop slept: time is counted in
 * ticks of a second, each for one second at most two.
 */
export class Reading {
  readonly #timers: Timers;
  readonly #sections: ReadonlyMap<string, Known>;
  readonly #read: (id: string) => void;
  #away = false;
  #last = 0;
  #cancel: (() => void) | undefined;

  /** `read` hears each section once. */
  constructor(timers: Timers, sections: readonly Section[], read: (id: string) => void) {
    this.#timers = timers;
    this.#read = read;
    this.#sections = new Map(sections.map(({ id, words }) => [id, { left: (words / PACE) * 1000, inView: false, ended: false }]));
  }

  /** A part of the section has come into the window, or the last one has left it. */
  inView(id: string, on: boolean): void {
    const section = this.#sections.get(id);
    if (!section) return;
    section.inView = on;
    this.#wind();
  }

  /** What follows the section has come into the window. */
  ended(id: string): void {
    const section = this.#sections.get(id);
    if (!section) return;
    section.ended = true;
    this.#look();
  }

  /** The page is hidden, or seen again. */
  away(on: boolean): void {
    this.#away = on;
    this.#wind();
  }

  /** Sets the clock going while there is something to count. */
  #wind(): void {
    const counts = !this.#away && [...this.#sections.values()].some(({ inView, left }) => inView && left > 0);
    if (!counts) {
      this.#cancel?.();
      this.#cancel = undefined;
    } else if (!this.#cancel) {
      this.#last = this.#timers.now();
      this.#cancel = this.#timers.after(TICK, () => this.#tick());
    }
  }

  #tick(): void {
    const now = this.#timers.now();
    const spent = Math.min(now - this.#last, 2 * TICK);
    for (const section of this.#sections.values()) if (section.inView) section.left -= spent;
    this.#cancel = undefined;
    this.#look();
    this.#wind();
  }

  #look(): void {
    for (const [id, section] of this.#sections) {
      if (!section.ended || section.left > 0 || section.left === Number.NEGATIVE_INFINITY) continue;
      section.left = Number.NEGATIVE_INFINITY;
      this.#read(id);
    }
  }
}
