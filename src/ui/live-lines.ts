import type { Timers } from '../base/timers.ts';

/** Milliseconds without output after which what stands there is said. */
const PAUSE = 300;
/** Milliseconds of output without a pause after which something is said all the same. */
const LONGEST = 2000;
/** Lines said at once. Nobody listens to a flood: what is more than that is counted. */
const MOST = 20;

/** Frames and rules that a program draws. */
const DRAWN = /^[\s|+\-_=~*]*$/;

/** A piece of what the machine printed, as it is said: a line of its own, or the rest of the one before. */
export interface Said {
  readonly text: string;
  readonly goesOn: boolean;
}

/** Turns what appears in a terminal into what is said of it: whole lines, and a line that waits for an answer; never letter by letter. */
export class LiveLines {
  readonly #timers: Timers;
  readonly #say: (said: readonly Said[]) => void;
  #ended: Said[] = [];
  #left = 0;
  #current = '';
  /** How much of the current line has been said. */
  #said = '';
  /** What the reader has typed on the current line since. */
  #typed = '';
  #since: number | undefined;
  #cancel: (() => void) | undefined;

  constructor(timers: Timers, say: (said: readonly Said[]) => void) {
    this.#timers = timers;
    this.#say = say;
  }

  /** What the reader sends: its echo is no news. */
  typed(data: string): void {
    if (data === '\x7f') this.#typed = this.#typed.slice(0, -1);
    // Enter, Tab, arrows: what they make of the line is for the guest to say.
    else this.#typed = /[\0-\x1f]/.test(data) ? '' : this.#typed + data;
  }

  /** Lines that have come to their end, in order, and the one that the cursor stands on. */
  printed(ended: readonly string[], current: string): void {
    if (ended.length === 0 && current === this.#current) return;
    for (const line of ended) this.#end(line);
    this.#current = current;
    this.#since ??= this.#timers.now();
    this.#cancel?.();
    this.#cancel = this.#timers.after(Math.min(PAUSE, Math.max(0, this.#since + LONGEST - this.#timers.now())), () => this.#tell());
  }

  /** Forgets what has not been said yet. */
  stop(): void {
    this.#cancel?.();
    [this.#ended, this.#left, this.#current, this.#said, this.#typed, this.#since] = [[], 0, '', '', '', undefined];
  }

  #end(line: string): void {
    const said = this.#rest(line);
    this.#said = '';
    if (said) this.#ended.push(said);
    if (this.#ended.length <= MOST) return;
    this.#ended.shift();
    this.#left += 1;
  }

  #tell(): void {
    const left: Said[] = this.#left > 0 ? [{ text: `${this.#left} lines left out here; Transcript has all of them.`, goesOn: false }] : [];
    const waits = this.#rest(this.#current);
    const echo = waits !== undefined && this.#echo(waits.text);
    const news = waits && !echo ? [waits] : [];
    if (!echo) [this.#said, this.#typed] = [this.#current, ''];
    const all = [...left, ...this.#ended, ...news];
    [this.#ended, this.#left, this.#since] = [[], 0, undefined];
    if (all.length > 0) this.#say(all);
  }

  /** What of a line has not been said: of one that was changed, from the word where it changed. */
  #rest(line: string): Said | undefined {
    let same = 0;
    while (same < this.#said.length && this.#said[same] === line[same]) same += 1;
    const changed = same < Math.min(this.#said.length, line.length);
    const text = line.slice(changed ? line.lastIndexOf(' ', same - 1) + 1 : same).trim();
    return DRAWN.test(text) ? undefined : { text, goesOn: this.#said !== '' };
  }

  /** The guest may be behind what was typed. */
  #echo(text: string): boolean {
    return this.#said !== '' && this.#typed.trim().startsWith(text);
  }
}
