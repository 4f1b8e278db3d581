import type { Inspection } from './inspection.ts';
import type { KernelLayout } from './manifest.ts';
import { physicalMemory } from './memory.ts';
import { walk } from './paging.ts';
import { runningKernel } from './running-task.ts';

/** What a look reads of v86's processor. */
export interface SeenCpu {
  readonly cpl: Uint8Array;
  readonly in_hlt: Uint8Array;
  readonly cr: Int32Array;
  readonly sysenter_eip: Int32Array;
  /** All of the guest's RAM. */
  readonly mem8: Uint8Array;
}

/** The processor and what its memory holds, between two instructions. */
export function look(cpu: SeenCpu, layout: KernelLayout, address: number | undefined): Pick<Inspection, 'privilege' | 'halted' | 'cr0' | 'cr2' | 'cr3' | 'cr4' | 'kernel' | 'walk'> {
  const control = (number: number): number => (cpu.cr[number] ?? 0) >>> 0;
  const registers = { cr0: control(0), cr2: control(2), cr3: control(3), cr4: control(4) };
  const memory = physicalMemory(cpu.mem8);
  return {
    privilege: cpu.cpl[0] ?? 0,
    halted: cpu.in_hlt[0] === 1,
    ...registers,
    kernel: runningKernel(layout, (cpu.sysenter_eip[0] ?? 0) >>> 0, registers, memory),
    walk: address === undefined ? undefined : walk(address, registers, memory),
  };
}
