import type { MachineError } from './error.ts';
import type { Inspection } from './inspection.ts';
import type { StartFrom } from './machine.ts';

/** 0 is ttyS0, the console; 1 is ttyS1, control. */
export type Line = 0 | 1;

export type EngineEvent =
  | { readonly kind: 'output'; readonly line: Line; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Bytes fetched so far and in all, as transferred, while starting. */
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  /** The guest has come to what its snapshot left out, and stands still until it is there; or goes on. */
  | { readonly kind: 'waits'; readonly waits: boolean }
  /** The guest has reset the processor. */
  | { readonly kind: 'rebooted' }
  /** The processor is halted with interrupts off: nothing can wake it. */
  | { readonly kind: 'halted' }
  /** The machine cannot go on; it stands still. */
  | { readonly kind: 'failed'; readonly error: MachineError };

/** A bare emulated PC: bytes in, bytes out. Knows nothing of what they mean. Methods reject with a MachineError. */
export interface Engine {
  /** Loads what is missing and sets the processor going, at the snapshot or at the reset vector with a fresh disk. */
  start(from: StartFrom): Promise<void>;
  send(line: Line, bytes: Uint8Array): void;
  pause(): void;
  /** Goes on; reads once more what the disk could not deliver. */
  resume(): void;
  /** Its own format; needs the same image and options to be restored, and nothing else: fetches what the snapshot has left out. The machine goes on as before. */
  save(): Promise<Uint8Array<ArrayBuffer>>;
  /** Runs afterwards. */
  restore(state: Uint8Array<ArrayBuffer>): Promise<void>;
  /** From the reset vector, with the disk as it is. Runs afterwards. */
  reset(): Promise<void>;
  /** Fetches what the snapshot has left out for later, if anything still lacks. The machine runs meanwhile, and waits where it needs it; there a failure ends it. */
  complete(): Promise<void>;
  instructions(): Promise<number>;
  /** Begins and ends the counting that a look tells of; while off it costs nothing. */
  watch(on: boolean): void;
  inspect(address?: number): Promise<Inspection>;
  dispose(): Promise<void>;
}

export type OpenEngine = (listener: (event: EngineEvent) => void) => Engine;
