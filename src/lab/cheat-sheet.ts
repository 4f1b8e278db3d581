/** A command to reach for, and how to read what it prints. `Backticks` set code. */
export interface CheatRow {
  /** As a console block of the page `on` types it: nothing stands on the sheet that was not run. */
  readonly command: string;
  /** `boot` or `boot/slow`: the page that explains it. */
  readonly on: string;
  /** The question that it answers. */
  readonly asks: string;
  readonly healthy: string;
  readonly otherwise: string;
  /** What differs on a 64-bit node. */
  readonly node64?: string;
}

export type CheatSheet = readonly { readonly title: string; readonly rows: readonly CheatRow[] }[];
