import type { Entries } from './step.ts';
import type { Verdict } from './verdict.ts';

/** What a check may look at, besides its probe's output. */
export interface Scene {
  /** Of the whole lab, so that a late step can judge what earlier ones recorded. */
  readonly entries: Entries;
  /** stdout of the lab's `baseline` script. */
  readonly baseline: string;
  /** Fresh for each start of the lab: 8 lower-case hexadecimal digits. */
  readonly nonce: string;
}

export interface ProbeOutput {
  readonly stdout: string;
  readonly stderr: string;
  /** What each boot of this lab printed, without escape sequences; the last is under way, the first is that of `prepare`. */
  readonly boots: readonly string[];
  /** Whether the machine answers scripts: false in firmware, GRUB, initramfs and after a panic. */
  readonly up: boolean;
}

/**
 * `guest`: a root script over the control channel, read-only, deadline 20 s unless told (`timeout`, milliseconds).
 *   It answers on stdout and ends with 0, whatever the reader did; any other code is an author error.
 * `boots`: such a script where the machine is up; where it is not, nothing is asked and stdout is empty. For what is judged by boots.
 * `console`: the console's transcript (the only witness of a panic).
 * `page`: nothing but the entries.
 */
export type Probe =
  | { readonly kind: 'guest'; readonly script: string | ((scene: Scene) => string); readonly timeout?: number }
  | { readonly kind: 'boots'; readonly script?: string | ((scene: Scene) => string); readonly timeout?: number }
  | { readonly kind: 'console' }
  | { readonly kind: 'page' };

export interface Check {
  readonly probe: Probe;
  /** Pure. For `console` the transcript is in `stdout`; for `page` the output is empty. */
  expect(output: ProbeOutput, scene: Scene): Verdict;
}
