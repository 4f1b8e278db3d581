/** Where a boot is, in its order. Each begins with a fact in the console's stream; a later one implies those before. */
export const STAGES = ['firmware', 'bootloader', 'kernel', 'initramfs', 'root', 'init', 'services', 'login'] as const;
export type Stage = (typeof STAGES)[number];

/** What a stage is called on a page. */
export const STAGE_NAMES: Readonly<Record<Stage, string>> = {
  firmware: 'Firmware', bootloader: 'Bootloader', kernel: 'Kernel', initramfs: 'initramfs', root: 'Root mount', init: 'PID 1', services: 'Services', login: 'Login',
};

/** Sources: grub's terminal, printk of init/main.c and fs/ext4/super.c, systemd's status lines, agetty(8). */
const signs: readonly (readonly [Stage, RegExp])[] = [
  ['bootloader', /GNU GRUB|grub(?: rescue)?> |Booting `|Loading Linux/],
  ['kernel', /^\[ *\d+\.\d+\] Linux version /m],
  ['initramfs', /\] Run \/init as init process|^\(initramfs\) $/m],
  ['root', /\] (?:EXT4-fs \(\w+\): mounted filesystem|VFS: Mounted root)/],
  // bash and dash in the place of init complain of a terminal that is not their own
  ['init', /systemd\[1\]: systemd \d|Welcome to .*Debian|bash: no job control in this shell|sh: 0: can't access tty/],
  ['services', /(?:Started|Finished|Reached target) |emergency mode/],
  // a prompt alone is none: the maintenance shell has one too
  ['login', /^\S+ login: /m],
];

export interface StageSeen {
  readonly stage: Stage;
  /** Offset in the boot's text at which its sign begins; 0 for the firmware, which says nothing on the serial line. */
  readonly at: number;
}

/** The stages that a boot's text (without escape sequences) shows, in order. */
export function stagesSeen(text: string): StageSeen[] {
  const seen: StageSeen[] = [{ stage: 'firmware', at: 0 }];
  let from = 0;
  for (const [stage, sign] of signs) {
    const found = text.slice(from).search(sign);
    if (found < 0) continue;
    from += found;
    seen.push({ stage, at: from });
  }
  return seen;
}
