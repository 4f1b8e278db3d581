/** What a machine waits for that has stopped on its way. */
export type Rest = 'menu' | 'editor' | 'grub' | 'rescue' | 'key' | 'initramfs' | 'maintenance' | 'password' | 'bare' | 'shell' | 'waiting' | 'panic';

/** What a reader is told of a machine that rests. */
export const REST_WORDS: Readonly<Record<Rest, string>> = {
  menu: "GRUB shows its menu: arrow keys choose, Enter boots, e edits, c gives a command line.",
  editor: "GRUB's editor: change the lines, then Ctrl+X boots them, Esc forgets them.",
  grub: "GRUB waits at its command line: it runs, but has no menu to show.",
  rescue: 'GRUB waits in its rescue mode: it could not load its own modules.',
  key: 'GRUB reports an error and waits for a key.',
  initramfs: "The initramfs waits at its shell: the kernel runs, the root file system is not mounted.",
  maintenance: 'systemd waits in emergency or rescue mode: Enter gives a root shell.',
  password: 'A password is asked for; what is typed is not shown.',
  bare: 'A shell runs as process 1, without an init: nobody found a program that is one.',
  shell: 'A shell waits at its prompt.',
  waiting: 'The kernel waits for its root device, and will wait for ever, as rootwait tells it. Only a reset helps.',
  panic: 'The kernel has panicked: it runs nothing any more. Only a reset helps.',
};

const rests: readonly (readonly [Rest, RegExp])[] = [
  ['panic', /Kernel panic - not syncing[^\n]*\r?\n[\s\S]*---\[ end Kernel panic[^\n]*\]---\s*$/],
  ['rescue', /grub rescue> $/],
  ['grub', /grub> $/],
  ['key', /Press any key to continue\.\.\.\s*$/],
  ['initramfs', /\(initramfs\) $/],
  ['maintenance', /\(or press Control-D to continue\): $/],
  ['password', /(?:New|Retype new) password: $|Password: $/],
  // the last that initramfs-tools' /init tries in the place of init is /bin/sh, here dash(1): busybox, the initramfs's own, writes no 0
  ['bare', /sh: 0: can't access tty; job control turned off\s+(?:[^\n]*\n)*# $/],
  // what the log says later, as of its clock, is no way on; a mount is
  ['waiting', /Waiting for root device [^\n]*\n(?:\[(?![^\n]*(?:EXT4-fs|VFS: Mounted))[^\n]*\n)*$/],
  ['shell', /(?:^|[\r\n])\S+@[\w().-]+:\S*[#$] $/],
];

/** Where console text (without escape sequences) has come to rest; undefined while something runs. */
export function restOf(text: string): Rest | undefined {
  const found = rests.find(([, sign]) => sign.test(text))?.[0];
  if (found !== undefined) return found;
  const grub = text.lastIndexOf('GNU GRUB');
  if (grub < 0) return undefined;
  const screen = text.slice(grub);
  // In the editor stands what the entry will say: a quote comes before it there.
  if (/Booting (?:`|a command list)|(?<!['"])Loading Linux|\] Linux version/.test(screen)) return undefined;
  return /screen editing is supported/.test(screen) ? 'editor' : /select which entry is\s+highlighted/.test(screen) ? 'menu' : undefined;
}
