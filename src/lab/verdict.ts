/** Something the reader has shown to be true: goes into the evidence report. */
export interface Fact {
  readonly statement: string;
  /** The command that gave it, as the reader can repeat it. */
  readonly command: string;
}

/** A verdict is about the reader's work only: a failure of the machine is an exception, never a verdict. */
export type Verdict =
  | { readonly kind: 'pass'; readonly facts: readonly Fact[]; readonly interpretations?: readonly string[]; readonly open?: readonly string[] }
  | { readonly kind: 'fail'; readonly because: string; readonly hint: string };

export const pass = (facts: readonly Fact[], more: { interpretations?: readonly string[]; open?: readonly string[] } = {}): Verdict =>
  ({ kind: 'pass', facts, ...more });

export const fail = (because: string, hint: string): Verdict => ({ kind: 'fail', because, hint });
