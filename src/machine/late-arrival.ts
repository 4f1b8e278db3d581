import { once } from '../base/once.ts';
import type { Emulator } from './emulator.ts';
import { putAllBack, putBack, type LatePart } from './late-pages.ts';

/** What the arrival of late pages needs of the engine that runs the machine. */
export interface LateLink {
  fetch(): Promise<LatePart>;
  /** Does `work` while the processor stands between two instructions; it goes on afterwards where it is to run. */
  standing(work: (emulator: Emulator) => void): Promise<void>;
  /** The guest stands still from now on, or may go on. */
  waits(waits: boolean): void;
  broke(error: unknown): void;
  /** With it pages are put back one by one as the guest asks for them, and it is told: so the build of a snapshot finds out what a start needs. */
  readonly touched: ((page: number) => void) | undefined;
}

/** The pages that a machine lacks since its snapshot left them out, and how they come: at leisure, or while the guest waits for one. */
export class LateArrival {
  readonly #link: LateLink;
  readonly #fetch = once(async () => (this.#part = await this.#link.fetch()));
  #part: LatePart | undefined;
  #lacks = false;
  #waits = false;
  /** Each start, restored state and reset begins one. */
  #life = 0;
  /** Lets the guest's clock go on, which stands since the guest first waited. */
  #clock: (() => void) | undefined;

  constructor(link: LateLink) {
    this.#link = link;
  }

  get waits(): boolean {
    return this.#waits;
  }

  /** Before the first start, where pages are asked for one by one. */
  async ready(): Promise<void> {
    if (this.#link.touched) await this.#fetch();
  }

  /** The machine begins anew: from a snapshot, which lacks pages, or from what lacks nothing. What has come already is put in at once. */
  begin(emulator: Emulator, lacks: boolean): void {
    this.#life++;
    this.#lacks = lacks;
    this.#clock = undefined;
    this.#wait(false);
    if (this.#part && !this.#link.touched) this.#put(emulator, this.#part);
  }

  /** Resolves when nothing lacks any more; the machine runs until all has been fetched. */
  async complete(): Promise<void> {
    if (!this.#lacks || this.#link.touched) return;
    const part = await this.#fetch();
    await this.#link.standing((emulator) => this.#put(emulator, part));
  }

  /** The same for a machine that stands, and has to stand as long as it takes. */
  async fill(emulator: Emulator): Promise<void> {
    if (this.#lacks) this.#put(emulator, await this.#fetch());
  }

  /** The guest wants a page now: whether it is there. Until it is the machine has to stand, and its clock stands too: its watchdog would take the wait for a lockup. */
  missing(emulator: Emulator, page: number): boolean {
    if (!this.#lacks) return true;
    if (this.#link.touched && this.#part) {
      putBack(emulator.paged(), this.#part, page);
      emulator.remapped();
      this.#link.touched(page);
      return true;
    }
    if (this.#waits) return false; // asked again and again, until the processor stands
    void emulator.stop();
    const life = this.#life;
    this.#clock ??= emulator.holdClock();
    this.#wait(true);
    this.complete().catch((error: unknown) => {
      if (this.#life !== life) return; // of a machine that began anew meanwhile
      this.#wait(false);
      this.#link.broke(error);
    });
    return false;
  }

  /** Another start or a reset may have come since the pages were asked for. */
  #put(emulator: Emulator, part: LatePart): void {
    if (!this.#lacks) return;
    try {
      putAllBack(emulator.paged(), part);
    } catch (error) {
      this.#link.broke(error); // half of it is
      throw error;
    }
    emulator.remapped();
    this.#lacks = false;
    this.#clock?.();
    this.#clock = undefined;
    this.#wait(false);
  }

  #wait(waits: boolean): void {
    if (waits === this.#waits) return;
    this.#waits = waits;
    this.#link.waits(waits);
  }
}
