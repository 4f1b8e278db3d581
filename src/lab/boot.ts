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
  ['init', /systemd\[1\]: systemd \d|Welcome to .*Debian/],
  ['services', /(?:Started|Finished|Reached target) |emergency mode/],
  ['login', /login: |^\S+@[\w-]+:\S*[#$] /m],
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

/** What a machine waits for that has stopped on its way. */
export type Rest = 'menu' | 'editor' | 'grub' | 'rescue' | 'key' | 'initramfs' | 'maintenance' | 'password' | 'shell' | 'panic';

const rests: readonly (readonly [Rest, RegExp])[] = [
  ['panic', /Kernel panic - not syncing[^\n]*\r?\n[\s\S]*---\[ end Kernel panic[^\n]*\]---\s*$/],
  ['rescue', /grub rescue> $/],
  ['grub', /grub> $/],
  ['key', /Press any key to continue\.\.\.\s*$/],
  ['initramfs', /\(initramfs\) $/],
  ['maintenance', /\(or press Control-D to continue\): $/],
  ['password', /(?:New|Retype new) password: $|Password: $/],
  ['shell', /(?:^|[\r\n])\S+@[\w-]+:\S*[#$] $/],
];

/** Where a boot's text (without escape sequences) has come to rest; undefined while something runs. */
export function restOf(text: string): Rest | undefined {
  const found = rests.find(([, sign]) => sign.test(text))?.[0];
  if (found !== undefined) return found;
  const grub = text.lastIndexOf('GNU GRUB');
  if (grub < 0) return undefined;
  const screen = text.slice(grub);
  if (/Booting `|Loading Linux|\] Linux version/.test(screen)) return undefined;
  return /screen editing is supported/.test(screen) ? 'editor' : /select which entry is\s+highlighted/.test(screen) ? 'menu' : undefined;
}
