import type { KernelLayout } from './manifest.ts';
import type { SeenCpu } from './look.ts';

/** Who runs in the fake machine. */
export interface FakeTask {
  readonly pid: number;
  readonly name: string;
}

/** Where the fake memory holds what; physical addresses are the kernel's minus `KERNEL`. */
export const KERNEL = 0xc0000000;
export const DIRECTORY = 0x1000;
export const TABLE = 0x2000;
const TASK = 0x5000;
const IDLE = 0x6000;
const CURRENT = 0x7000;
const ENTRY = 0x8000;
/** As KASLR would have moved it. */
export const SLIDE = 0x400000;

const linked = (physical: number): string => (KERNEL + physical - SLIDE).toString(16);

export const FAKE_LAYOUT: KernelLayout = {
  symbols: { _text: linked(0), entry_SYSENTER_32: linked(ENTRY), init_task: linked(IDLE), pcpu_hot: linked(CURRENT) },
  task: { mm: 0x10, pid: 0x20, tgid: 0x24, comm: 0x30 },
};

/** A processor with paging on and 36 KiB of memory: a kernel in a page of 4 MiB at `KERNEL`, a program at 0x08048000 (read only) and 0x08049000 (written to), what is 0x0804a000 swapped out, and at 0x0804b000 PROT_NONE. */
export function fakeCpu({ pid, name }: FakeTask): SeenCpu {
  const mem8 = new Uint8Array(0x9000);
  const view = new DataView(mem8.buffer);
  const put = (at: number, value: number): void => view.setUint32(at, value, true);
  put(DIRECTORY + 4 * 0x20, TABLE | 0x67);
  put(DIRECTORY + 4 * 0x300, 0x1e3);
  put(DIRECTORY + 4 * 0x301, 0x0ffff063); // a table where there is no memory
  put(TABLE + 4 * 0x48, 0x3025);
  put(TABLE + 4 * 0x49, 0x4067);
  put(TABLE + 4 * 0x4a, 0x00123402);
  put(TABLE + 4 * 0x4b, 0x0000c160);
  const { task } = FAKE_LAYOUT;
  for (const [at, one] of [[TASK, { pid, name }], [IDLE, { pid: 0, name: 'swapper' }]] as const) {
    put(at + task.pid, one.pid);
    put(at + task.tgid, one.pid);
    put(at + task.mm, one.pid && KERNEL + 0x4000);
    mem8.set(new TextEncoder().encode(one.name).subarray(0, 15), at + task.comm);
  }
  put(CURRENT, KERNEL + TASK);
  const cr = new Int32Array(8);
  [cr[0], cr[2], cr[3], cr[4]] = [0x80000011 | 0, 0x0804a010, DIRECTORY, 0x10];
  return { mem8, cr, cpl: Uint8Array.of(3), in_hlt: Uint8Array.of(0), sysenter_eip: Int32Array.of((KERNEL + ENTRY) | 0) };
}
