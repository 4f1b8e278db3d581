/** What a reader notices, of one day. `Backticks` set code. */
export interface Change {
  /** `2026-11-24` */
  readonly date: string;
  readonly changes: readonly string[];
}

/** The newest day first. */
export type Changelog = readonly Change[];
