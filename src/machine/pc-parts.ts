import type { Timers } from '../base/timers.ts';
import type { OpenEngine } from './engine.ts';

/** What a machine over an engine is made of. */
export interface PcParts {
  readonly open: OpenEngine;
  /** Of image, emulator and options; a saved state of another key is refused. */
  readonly key: string;
  /** The console's text in the snapshot. */
  readonly screen: string;
  readonly timers: Timers;
}
