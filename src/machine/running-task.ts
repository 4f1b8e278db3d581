import type { KernelLayout } from './manifest.ts';
import type { Memory } from './memory.ts';
import { walk, type Control } from './paging.ts';

/** The task that the kernel has on the processor, out of its own `struct task_struct`. */
export interface Task {
  /** As /proc shows it: the thread group's. 0 is the idle task. */
  readonly pid: number;
  /** The thread's own id, which is the pid in a process of one thread. */
  readonly thread: number;
  /** Its `comm`, up to 15 bytes. */
  readonly name: string;
  /** A kernel thread, or the idle task: it has no address space of its own and works in the one that was there before. */
  readonly kernel: boolean;
  /** Where its task_struct lies, a kernel address. */
  readonly at: number;
}

export interface Kernel {
  /** Bytes by which KASLR has moved the kernel from the addresses of its System.map. */
  readonly slide: number;
  readonly task: Task;
}

const COMM = 16; // TASK_COMM_LEN

/**
 * The kernel by its own symbols, without its help. Where it lies is known from the processor: IA32_SYSENTER_EIP holds the run-time address
 * of entry_SYSENTER_32. Undefined while no kernel has set that up; a value left from before a reset is found out by the idle task's name.
 */
export function runningKernel({ symbols, task: fields }: KernelLayout, sysenter: number, control: Control, memory: Memory): Kernel | undefined {
  const slide = (sysenter - parseInt(symbols.entry_SYSENTER_32, 16)) >>> 0;
  const symbol = (name: keyof typeof symbols): number => (parseInt(symbols[name], 16) + slide) >>> 0;
  const byte = (address: number): number => {
    const { end } = walk(address >>> 0, control, memory);
    if (end.kind !== 'mapped') return 0;
    return ((memory.word((end.physical & ~3) >>> 0) ?? 0) >>> (8 * (end.physical & 3))) & 0xff;
  };
  const word = (address: number): number => (byte(address) | (byte(address + 1) << 8) | (byte(address + 2) << 16) | (byte(address + 3) << 24)) >>> 0;
  const comm = (task: number): string => {
    const bytes = Uint8Array.from({ length: COMM }, (_, n) => byte(task + fields.comm + n));
    const end = bytes.indexOf(0);
    return new TextDecoder().decode(bytes.subarray(0, end === -1 ? COMM : end));
  };
  if (sysenter === 0 || !/^swapper/.test(comm(symbol('init_task')))) return undefined;
  const at = word(symbol('pcpu_hot')); // its first member is current_task; without SMP the symbol is the one copy
  return {
    slide,
    task: { pid: word(at + fields.tgid), thread: word(at + fields.pid), name: comm(at), kernel: word(at + fields.mm) === 0, at },
  };
}
