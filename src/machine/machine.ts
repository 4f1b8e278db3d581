import type { Readable } from '../base/store.ts';
import type { Channel } from './channel.ts';
import type { Guest } from './guest.ts';
import type { MachineError } from './error.ts';
import type { Inspection } from './inspection.ts';

/** What the machine is doing. `done` and `total` are bytes fetched (compressed, as transferred). */
export type MachineState =
  | { readonly kind: 'off' }
  | { readonly kind: 'loading'; readonly done: number; readonly total: number }
  | { readonly kind: 'booting' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly error: MachineError };

/** `snapshot`: restored at the idle root prompt. `cold`: from the reset vector, through firmware and GRUB. */
export type StartFrom = 'snapshot' | 'cold';

/**
 * One PC. The seam between the course and the emulator: nothing outside this room knows what runs it.
 * A method rejects with a MachineError (a sentence with a remedy) or with the signal's reason.
 */
export interface Machine {
  readonly state: Readable<MachineState>;
  /** Whether the guest stands still for a part of its memory that comes after the snapshot. */
  readonly waits: Readable<boolean>;
  /** ttyS0: what the reader sees and types. */
  readonly console: Channel;
  /** Calls `listener` when the processor has begun again from its firmware, by the power button or by the guest; the firmware itself says nothing on the console. Ends by `signal`. */
  begins(listener: () => void, signal?: AbortSignal): void;
  /** Control, over ttyS1: usable while `ready`. */
  readonly guest: Guest;
  /** Resolves when `ready`; a cold start is `ready` when the control agent answers. */
  start(from: StartFrom, signal?: AbortSignal): Promise<void>;
  /** The whole machine, disk writes and console included, as bytes that `restore` of a machine with the same image takes. At any moment at which it runs, also in GRUB or after a panic. */
  save(): Promise<Uint8Array>;
  /** Back to a saved state; refuses bytes that are cut short or of another version. Resolves when `ready`, or at once for one that was saved while `booting`. */
  restore(saved: Uint8Array): Promise<void>;
  /** The power button: starts again from the firmware, keeping what is on the disk. Resolves when `ready`. */
  reset(signal?: AbortSignal): Promise<void>;
  /** Freezes and thaws the processor, for a hidden tab. A machine that failed because a piece of its disk did not come tries again, and goes on where it stood. */
  pause(): void;
  resume(): void;
  /** Guest instructions executed since the machine was started. */
  instructions(): Promise<number>;
  /** Begins and ends the counting of rings and interrupts that `inspect` tells of; while off it costs nothing. A machine that is off counts nothing. */
  watch(on: boolean): void;
  /** A look at the machine from outside, paused or failed too; with `address` (32 bits, linear) also the way through the page tables as they are now. Refused while it is off or loading for the first time. */
  inspect(address?: number): Promise<Inspection>;
  /** Ends the machine and frees what it holds; `state` becomes `off`. */
  dispose(): Promise<void>;
}
