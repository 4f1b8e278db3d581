import type { Check } from './check.ts';

/** One field on the page where the reader records an observation. */
export type Field =
  | { readonly kind: 'line'; readonly id: string; readonly label: string; readonly placeholder?: string }
  | { readonly kind: 'lines'; readonly id: string; readonly label: string; readonly rows?: number; readonly placeholder?: string }
  | { readonly kind: 'choice'; readonly id: string; readonly label: string; readonly options: readonly string[] };

/** What the reader has entered, by field id. Absent fields are ''. */
export type Entries = Readonly<Record<string, string>>;

/** How a field is filled in a solution or a wrong attempt: a literal, or the stdout (trimmed) of a script in the guest. */
export type Entry = string | { readonly run: string };

export interface Attempt {
  /** Lines typed into the console, each ended by Enter, each at the next prompt. */
  readonly type?: readonly string[];
  readonly enter?: Readonly<Record<string, Entry>>;
}

export interface WrongAttempt extends Attempt {
  /** What the reader did, in a few words. */
  readonly name: string;
  /** A part of the hint that this attempt must get. */
  readonly hint: string;
}

export interface Step {
  readonly id: string;
  readonly title: string;
  readonly fields?: readonly Field[];
  readonly check: Check;
  /** In order, each more direct; none holds a line of the solution. */
  readonly hints: readonly string[];
  readonly solution: Attempt;
  /** At least two. */
  readonly wrong: readonly WrongAttempt[];
}
