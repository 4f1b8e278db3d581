import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unaided } from './unaided.ts';
import { restOf } from './rest.ts';
import { stagesSeen } from './stages.ts';

const menu = '  GNU GRUB  version 2.12\n\n  *Debian GNU/Linux\n  Use the ^ and v keys to select which entry is highlighted.\n  executed automatically in 3s.';
const editor = '  GNU GRUB  version 2.12\n  Minimum Emacs-like screen editing is supported. TAB lists completions.\n  return to the GRUB menu. setparams \'Debian\'\n  echo \'Loading Linux 6.12 ...\'\n  linux /boot/vmlinuz';
const quiet = `${menu}\nBooting \`Debian GNU/Linux'\n\nLoading Linux 6.12 ...\nLoading initial ramdisk ...\nroot: clean, 1/2 files\n`;
const login = `${quiet}\nnode-1 login: root (automatic login)\n\nroot@node-1:~# `;

test('a boot rests where it waits for somebody, and nowhere else', () => {
  const rests: [string, ReturnType<typeof restOf>][] = [
    ['', undefined], [menu, 'menu'], [`${menu}${editor}`, 'editor'], [quiet, undefined], [login, 'shell'],
    [`${menu}\n  ESC at any time exits.\n\ngrub> `, 'grub'], ['grub rescue> ', 'rescue'],
    ["error: file `/boot/x' not found.\n\nPress any key to continue...", 'key'],
    ['ALERT!  UUID=x does not exist.  Dropping to a shell!\n(initramfs) ', 'initramfs'],
    ['Press Enter for maintenance\n(or press Control-D to continue): ', 'maintenance'],
    ["/bin/sh: 0: can't access tty; job control turned off\n# ", 'bare'],
    ["/bin/sh: 0: can't access tty; job control turned off\n# ls\nbin boot\n# ", 'bare'],
    ['# true\n# ', undefined],
    ["/bin/sh: can't access tty; job control turned off\n(initramfs) exec sh\n# ", undefined],
    ['passwd student\nNew password: ', 'password'],
    ['[    3.1] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\n[    3.2] ---[ end Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0) ]---\n', 'panic'],
    ['[    4.1] Waiting for root device /dev/sda1...\r\n', 'waiting'],
    ['[    4.1] Waiting for root device /dev/sda1...\r\n[    5.0] random: crng init done\r\n', 'waiting'],
    ['[    4.1] Waiting for root device /dev/sda1...\r\n[    9.0] EXT4-fs (sda1): mounted filesystem\r\n', undefined],
    ['root@(none):/# ', 'shell'],
  ];
  for (const [text, rest] of rests) assert.equal(restOf(text), rest, JSON.stringify(text.slice(-60)));
});

test('a boot is unaided when it comes to the login and nobody typed on its way', () => {
  assert.equal(unaided(login), true);
  assert.equal(unaided(quiet), false);
  for (const hand of ['grub> boot', editor, '(initramfs) exit', '(or press Control-D to continue): ']) assert.equal(unaided(`${hand}\n${login}`), false, hand);
});

test('stages are seen in their order, each at its sign', () => {
  assert.deepEqual(stagesSeen('').map(({ stage }) => stage), ['firmware']);
  assert.deepEqual(stagesSeen(login).map(({ stage }) => stage), ['firmware', 'bootloader', 'login']);
  const verbose = `${menu}\n[    0.000000] Linux version 6.12\n[    6.3] Run /init as init process\n[   11.6] EXT4-fs (sda1): mounted filesystem 5b\n[   15.6] systemd[1]: systemd 257 running\n[  OK  ] Reached target sysinit\nnode-1 login: root (automatic login)\nroot@node-1:~# `;
  assert.deepEqual(stagesSeen(verbose).map(({ stage }) => stage), ['firmware', 'bootloader', 'kernel', 'initramfs', 'root', 'init', 'services', 'login']);
});

test('the maintenance shell is no login', () => {
  const stopped = `${quiet}[DEPEND] Dependency failed for local-fs.target\nYou are in emergency mode.\n(or press Control-D to continue): \nroot@node-1:~# ls\nroot@node-1:~# `;
  assert.deepEqual(stagesSeen(stopped).map(({ stage }) => stage), ['firmware', 'bootloader', 'services']);
});

test('a shell in the place of init is process 1, and no login', () => {
  for (const shell of ["/bin/sh: 0: can't access tty; job control turned off\n# ", 'bash: no job control in this shell\nroot@node-1:/# ']) {
    assert.deepEqual(stagesSeen(`${quiet}${shell}`).map(({ stage }) => stage), ['firmware', 'bootloader', 'init'], shell);
  }
});
