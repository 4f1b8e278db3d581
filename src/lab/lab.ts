import type { Rest } from './rest.ts';
import type { Step } from './step.ts';

/** A lab, as data: what is done in the machine and how it is proven. Knows nothing of pages or emulators. */
export interface Lab {
  readonly title: string;
  /** What a reader who thinks needs, in minutes. */
  readonly minutes: number;
  /** `snapshot`: the reader gets the machine as `prepare` leaves it. `cold`: it is switched off and on again after `prepare`, and comes up through firmware and GRUB. */
  readonly start: 'snapshot' | 'cold';
  /** Where a cold start comes to rest when nobody touches it. Needed with `cold`. */
  readonly rest?: Rest;
  /** A root /bin/sh script run in the guest before the reader gets the machine. `$NONCE` is fresh for each start. */
  readonly prepare?: string;
  /** A root /bin/sh script run once after `prepare`; its stdout is handed to every check as `baseline`. */
  readonly baseline?: string;
  readonly steps: readonly Step[];
}
