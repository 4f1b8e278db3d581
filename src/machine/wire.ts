import type { Engine, EngineEvent } from './engine.ts';
import { MachineError, type MachineErrorKind } from './error.ts';
import type { ImageManifest, SnapshotMeta } from './manifest.ts';

/** What passes between the page and the Worker that holds the emulator. */

/** Where a page finds its machine; URLs end in a slash. */
export interface Delivery {
  readonly image: string;
  readonly snapshots: string;
  readonly manifest: ImageManifest;
  readonly snapshot: SnapshotMeta;
}

export type EngineMethod = keyof Engine;

export type ToWorker =
  | { readonly open: Delivery }
  | { readonly id: number; readonly method: EngineMethod; readonly args: readonly unknown[] };

export interface PlainError {
  readonly kind: MachineErrorKind;
  readonly message: string;
  readonly remedy: string;
}

export type FromWorker =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: PlainError }
  | { readonly event: Exclude<EngineEvent, { kind: 'failed' }> }
  | { readonly failed: PlainError };

/** An Error loses its class on the way. */
export function plain(error: unknown): PlainError {
  if (error instanceof MachineError) return { kind: error.kind, message: error.message, remedy: error.remedy };
  const reason = error instanceof Error ? error.message : String(error);
  const memory = error instanceof RangeError || /memory|unreachable/i.test(reason);
  return memory
    ? { kind: 'out-of-memory', message: 'The browser does not give this page the memory that the machine needs (about 400 MB).', remedy: 'Close other tabs, then reload the page.' }
    : { kind: 'emulator', message: `The emulator failed: ${reason}.`, remedy: 'Restart the machine; if it happens again, reload the page.' };
}

export const revive = ({ kind, message, remedy }: PlainError): MachineError => new MachineError(kind, message, remedy);
