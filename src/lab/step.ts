import type { Act } from './act.ts';
import type { Check } from './check.ts';

/** One field on the page where the reader records an observation. Ids are unique in the whole lab. */
export type Field =
  | { readonly kind: 'line'; readonly id: string; readonly label: string; readonly placeholder?: string }
  | { readonly kind: 'lines'; readonly id: string; readonly label: string; readonly rows?: number; readonly placeholder?: string }
  | { readonly kind: 'choice'; readonly id: string; readonly label: string; readonly options: readonly string[] };

/** What the reader has entered in the whole lab, by field id. A field that is absent is empty: read it with `entered`. */
export type Entries = Readonly<Record<string, string>>;

/** One entry without the blanks round it; '' when there is none. */
export const entered = (entries: Entries, id: string): string => (entries[id] ?? '').trim();

/** The lines of an entry that hold something, trimmed. */
export const enteredLines = (entries: Entries, id: string): string[] =>
  entered(entries, id).split('\n').map((line) => line.trim()).filter((line) => line !== '');

/** How a field is filled in a solution or a wrong attempt: a literal, or the stdout (trimmed) of a script in the guest. */
export type Entry = string | { readonly run: string };

export interface Attempt {
  /** What is done at the console, in order: lines typed, keys pressed, the power button. */
  readonly type?: readonly Act[];
  /** What is entered, on top of the entries of the steps before. The `run` scripts run after the typed lines. */
  readonly enter?: Readonly<Record<string, Entry>>;
}

export interface WrongAttempt extends Attempt {
  /** What the reader did, in a few words. */
  readonly name: string;
  /** A part of the hint that this attempt must get; no two attempts of a step share it. */
  readonly hint: string;
  /** What is done afterwards, the way a reader gets out of it. The step's solution has to work after it. A lab that starts cold goes back to its checkpoint instead. */
  readonly undo?: readonly Act[];
}

export interface Step {
  readonly id: string;
  readonly title: string;
  readonly fields?: readonly Field[];
  readonly check: Check;
  /** At least two, in order, each more direct; none holds a line of the solution. */
  readonly hints: readonly string[];
  readonly solution: Attempt;
  /** Why this step may pass once earlier ones are done, where it may. */
  readonly early?: string;
  /** At least two. */
  readonly wrong: readonly WrongAttempt[];
}
