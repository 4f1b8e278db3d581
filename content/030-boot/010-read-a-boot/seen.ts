import type { ProbeOutput } from '../../../src/lab/check.ts';
import { BOOT_ID, values } from '../../../src/lab/key-values.ts';

/** The marks of a boot in the kernel log, in their order. Sources: init/main.c, init/initramfs.c, fs/ext4/super.c, systemd's main.c. */
export const MARKS = [
  { id: 'first', label: 'The first line, "Linux version"', sign: /^Linux version / },
  { id: 'map', label: 'The memory map of the firmware, its first line', sign: /^BIOS-e820: / },
  { id: 'unpack', label: 'The unpacking of the initramfs begins', sign: /^(?:Trying to unpack rootfs image as initramfs|Unpacking initramfs)/ },
  { id: 'init', label: 'The kernel starts /init', sign: /^Run \/init as init process/ },
  { id: 'root', label: 'The root file system is mounted', sign: /^EXT4-fs \(sda1\): mounted filesystem/ },
  { id: 'systemd', label: 'The first line of systemd as PID 1', sign: /^systemd\[1\]: systemd \d/ },
] as const;
export type Mark = (typeof MARKS)[number]['id'];

/** What lies between two marks. */
export const STRETCHES: readonly { readonly name: string; readonly from: Mark; readonly to: Mark }[] = [
  { name: 'the kernel alone: first line to unpacking', from: 'first', to: 'unpack' },
  { name: 'unpacking and built-in drivers: unpacking to /init', from: 'unpack', to: 'init' },
  { name: 'the initramfs: /init to the root mount', from: 'init', to: 'root' },
  { name: 'the change of roots: root mount to systemd', from: 'root', to: 'systemd' },
];

/** Seconds by which a recorded time may differ from the log's. */
export const TOLERANCE = 0.05;

/** Lines `log SECONDS MESSAGE`, and what the manager of services says of itself, in microseconds. */
export const script = `${BOOT_ID}
echo "cmdline $(cat /proc/cmdline)"
dmesg | sed -n 's/^\\[ *\\([0-9.]*\\)\\] \\(.*\\)/log \\1 \\2/p' | grep -E 'Linux version|BIOS-e820|unpack|Unpack|initrd memory|Run /init|EXT4-fs|systemd 2' | head -n 60
systemctl show -p UserspaceTimestampMonotonic -p FinishTimestampMonotonic -p FirmwareTimestampMonotonic -p LoaderTimestampMonotonic 2>/dev/null | sed 's/=/ /'`;

export interface Log { readonly time: number; readonly message: string }

export class Seen {
  readonly boot: string;
  readonly cmdline: string;
  readonly log: readonly Log[];
  readonly #values: ReadonlyMap<string, string>;

  constructor({ stdout }: ProbeOutput) {
    this.#values = values(stdout);
    this.boot = this.#values.get('boot') ?? '';
    this.cmdline = this.#values.get('cmdline') ?? '';
    this.log = [...stdout.matchAll(/^log ([\d.]+) (.*)$/gm)].map(([, time = '', message = '']) => ({ time: Number(time), message }));
  }

  /** When the log shows this mark first; undefined when it has been cleared or has overflowed. */
  at(mark: Mark): number | undefined {
    const sign = MARKS.find(({ id }) => id === mark)?.sign;
    return sign && this.log.find(({ message }) => sign.test(message))?.time;
  }

  /** A time of systemd's in seconds; undefined when it has none (yet). */
  seconds(name: 'Userspace' | 'Finish' | 'Firmware' | 'Loader'): number | undefined {
    const value = Number(this.#values.get(`${name}TimestampMonotonic`) ?? 'none');
    return Number.isFinite(value) && value > 0 ? value / 1e6 : undefined;
  }
}

export const near = (a: number, b: number | undefined): boolean => b !== undefined && Math.abs(a - b) <= TOLERANCE;

/** Seconds as dmesg or systemd-analyze print them: `[   12.345678]`, `12.345s`, `1min 2.5s`, `350ms`; NaN for anything else. */
export function seconds(text: string): number {
  const plain = /^\[?\s*(\d+(?:\.\d+)?)\s*\]?\s*s?$/.exec(text);
  if (plain) return Number(plain[1]);
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*(min|ms|s)(?![a-z])/g)];
  if (parts.length === 0 || text.replace(/(\d+(?:\.\d+)?)\s*(min|ms|s)(?![a-z])/g, '').trim() !== '') return Number.NaN;
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (unit === 'min' ? 60 : unit === 'ms' ? 0.001 : 1), 0);
}
