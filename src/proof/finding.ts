import type { Problem } from '../lab/author-error.ts';

/** A problem that a run of the machine showed. */
export interface Finding extends Problem {
  /** What the last probe printed, or the end of the console, for whoever has to mend it. */
  readonly evidence?: string;
}
