import type { Scene } from '../lab/check.ts';
import type { BootTimes } from './boot-progress.ts';

/** What is known of a kept machine without reading its state. */
export interface Checkpoint {
  readonly id: string;
  readonly name: string;
  /** Date.now() when it was made. */
  readonly at: number;
  /** As kept, compressed. */
  readonly bytes: number;
  /** The machine's key: image, emulator and options. */
  readonly key: string;
  /** `module/lab`, or '' on the front page. */
  readonly lab: string;
  /** Of a lab: what its checks need to go on after the restore. */
  readonly scene?: Pick<Scene, 'baseline' | 'nonce'>;
  /** Of the boot that was shown. */
  readonly boot?: BootTimes;
}

export const sizeWords = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** `3 minutes ago`; the reader's own clock, which may have been set back. */
export function ageWords(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  const [count, unit] = minutes < 60 ? [minutes, 'minute'] : minutes < 48 * 60 ? [Math.floor(minutes / 60), 'hour'] : [Math.floor(minutes / 1440), 'day'];
  return count === 0 ? 'just now' : `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
