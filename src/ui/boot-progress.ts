import { withoutEscapes } from '../base/escapes.ts';
import { STAGES, stagesSeen, type Stage } from '../lab/stages.ts';
import { restOf, type Rest } from '../lab/rest.ts';

/** What a checkpoint keeps of a boot's clock, so that the times go on honestly after a restore. Milliseconds since the reset. */
export interface BootTimes {
  readonly elapsed: number;
  readonly times: Readonly<Partial<Record<Stage, number>>>;
}

export interface StageRow {
  readonly stage: Stage;
  readonly state: 'done' | 'now' | 'ahead';
  /** Milliseconds since the reset at which its sign came; undefined for a stage that only a later one implies. */
  readonly ms: number | undefined;
}

/** Where the console is looked at for a rest once the boot is over: all of it would be read again for each batch. */
const TAIL = 8192;

/** How far the boot under way has come, by what it printed. Time is handed in, and stands still while the machine is paused. */
export class BootProgress {
  readonly #clock: () => number;
  #decoder = new TextDecoder();
  #text = '';
  /** The beginning of an escape sequence whose end is in the next batch. */
  #cut = '';
  #origin: number | undefined;
  #frozen: number | undefined;
  #replays = false;
  #last: Stage = 'firmware';
  #times: Partial<Record<Stage, number>> = {};
  #rest: Rest | undefined;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** The processor begins again from its firmware. */
  begin(): void {
    this.#clear();
    this.#origin = this.#clock();
    this.#times = { firmware: 0 };
  }

  /** A saved machine comes back: what it had printed is printed again, and was not printed now. */
  restore(kept: BootTimes | undefined): void {
    this.#clear();
    this.#origin = kept && this.#clock() - kept.elapsed;
    this.#times = { ...kept?.times };
    this.#replays = true;
  }

  /** From here on, what is printed is new. */
  restored(): void {
    this.#replays = false;
  }

  printed(bytes: Uint8Array): void {
    const raw = this.#cut + this.#decoder.decode(bytes, { stream: true });
    const escape = raw.lastIndexOf('\x1b');
    const cut = escape >= 0 && raw.length - escape < 32 && withoutEscapes(raw.slice(escape)).startsWith('\x1b') ? escape : raw.length;
    this.#cut = raw.slice(cut);
    this.#text += withoutEscapes(raw.slice(0, cut));
    const over = this.#last === 'login';
    if (over) this.#text = this.#text.slice(-TAIL);
    else this.#look();
    this.#rest = restOf(this.#text);
    this.#replays = false;
  }

  /** The agent answered, which is a service: a boot that is told to be quiet may print nothing until its login. */
  answered(): void {
    if (STAGES.indexOf(this.#last) < STAGES.indexOf('services')) this.#reach('services', this.#elapsed());
  }

  pause(): void {
    this.#frozen ??= this.#clock();
  }

  resume(): void {
    if (this.#frozen !== undefined && this.#origin !== undefined) this.#origin += this.#clock() - this.#frozen;
    this.#frozen = undefined;
  }

  get rows(): StageRow[] {
    const now = STAGES.indexOf(this.#last);
    return STAGES.map((stage, index) => ({ stage, state: index < now ? 'done' : index === now ? 'now' : 'ahead', ms: this.#times[stage] }));
  }

  /** Where the machine waits; undefined while something runs. */
  get rest(): Rest | undefined {
    return this.#rest;
  }

  get stage(): Stage {
    return this.#last;
  }

  /** For a checkpoint; undefined when the moment of the reset is not known. */
  get kept(): BootTimes | undefined {
    const elapsed = this.#elapsed();
    return elapsed === undefined ? undefined : { elapsed, times: { ...this.#times } };
  }

  #look(): void {
    const elapsed = this.#replays ? undefined : this.#elapsed();
    const seen = stagesSeen(this.#text);
    const last = STAGES.indexOf(this.#last);
    for (const { stage } of seen) if (STAGES.indexOf(stage) > last) this.#reach(stage, elapsed);
  }

  #reach(stage: Stage, elapsed: number | undefined): void {
    this.#last = stage;
    if (elapsed !== undefined) this.#times[stage] ??= elapsed;
  }

  #elapsed(): number | undefined {
    return this.#origin === undefined ? undefined : (this.#frozen ?? this.#clock()) - this.#origin;
  }

  #clear(): void {
    this.#decoder = new TextDecoder();
    this.#text = this.#cut = '';
    this.#frozen = this.#origin = this.#rest = undefined;
    this.#replays = false;
    this.#last = 'firmware';
    this.#times = {};
  }
}
