import type { Inspection } from '../machine/inspection.ts';

/** What a machine did in the last seconds, from the looks at their ends. */
export interface Rates {
  readonly seconds: number;
  readonly instructionsPerSecond: number;
  /** Shares of the time, 0 to 1. `rest`: halted, or waiting for its turn in the browser. */
  readonly ring0: number;
  readonly ring3: number;
  readonly rest: number;
  /** Interrupt requests a second, by line. */
  readonly interrupts: readonly number[];
}

const LOOKS = 6; // five seconds between the first and the last

/** The last few looks. */
export class Looks {
  #looks: Inspection[] = [];

  clear(): void {
    this.#looks = [];
  }

  /** The rates since the oldest look that is kept; undefined after the first. A machine that was opened anew counts from the beginning. */
  add(now: Inspection): Rates | undefined {
    const last = this.#looks.at(-1);
    if (last && (now.instructions < last.instructions || now.at < last.at)) this.clear();
    this.#looks = [...this.#looks, now].slice(-LOOKS);
    const [first] = this.#looks;
    return first && now.at > first.at ? rates(first, now) : undefined;
  }
}

function rates(first: Inspection, now: Inspection): Rates {
  const ms = now.at - first.at;
  const ring = (number: number): number => Math.min(1, ((now.counts.rings[number] ?? 0) - (first.counts.rings[number] ?? 0)) / ms);
  const [ring0, ring3] = [ring(0), ring(3)];
  return {
    seconds: ms / 1000, instructionsPerSecond: (1000 * (now.instructions - first.instructions)) / ms,
    ring0, ring3, rest: Math.max(0, 1 - ring0 - ring3),
    interrupts: now.counts.interrupts.map((count, line) => (1000 * (count - (first.counts.interrupts[line] ?? 0))) / ms),
  };
}
