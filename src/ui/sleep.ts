/** Milliseconds by which the host's wall clock runs ahead of its steady one before that means that it slept. */
const SLEPT = 5000;

/**
 * Tells that the host has slept: its steady clock, by which the emulator goes, stands still then, and its wall clock does not. A wall
 * clock that is set back is no sleep, and the guest keeps its time.
 */
export class Sleep {
  readonly #wall: () => number;
  readonly #steady: () => number;
  #apart: number;

  constructor(wall: () => number, steady: () => number) {
    this.#wall = wall;
    this.#steady = steady;
    this.#apart = wall() - steady();
  }

  /** Whether it has slept, or its clock was put forward, since the last look. */
  look(): boolean {
    const apart = this.#wall() - this.#steady();
    const slept = apart - this.#apart > SLEPT;
    this.#apart = apart;
    return slept;
  }
}
