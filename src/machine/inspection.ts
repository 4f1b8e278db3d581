import type { Walk } from './paging.ts';
import type { Kernel } from './running-task.ts';

/**
 * What a look at the machine from outside finds, all at one moment between two instructions. Numbers are unsigned. Everything but `kernel`
 * and `walk` is the emulator's own state; those two are read out of the guest's memory. The guest takes no part, and can not tell.
 */
export interface Inspection {
  /** Host time in ms, for differences between two looks. */
  readonly at: number;
  /** Guest instructions executed since the machine was started. */
  readonly instructions: number;
  /** CPL: 0 is the kernel, 3 a program. */
  readonly privilege: number;
  /** Whether the processor has executed HLT and waits for an interrupt. */
  readonly halted: boolean;
  readonly cr0: number;
  /** The address of the last page fault. */
  readonly cr2: number;
  /** The physical address of the page directory. */
  readonly cr3: number;
  readonly cr4: number;
  /** Undefined while no kernel runs that our symbols fit: in firmware, GRUB, and the first moments of a boot. */
  readonly kernel: Kernel | undefined;
  /** Of the address that was asked for. */
  readonly walk: Walk | undefined;
  /** What was counted while the machine was watched. */
  readonly counts: Counts;
  /** Pieces of the disk since the machine was opened: from the server, from the browser's cache, and the former's bytes as transferred. */
  readonly chunks: Delivered;
}

export interface Counts {
  /** Host time in ms that the processor worked in rings 0 to 3; halted it works in none. */
  readonly rings: readonly number[];
  /** Interrupt requests, by line 0 to 15. */
  readonly interrupts: readonly number[];
}

export interface Delivered {
  readonly fetched: number;
  readonly cached: number;
  readonly bytes: number;
}
