import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BootProgress } from './boot-progress.ts';
import { railWords } from './boot-rail.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
let now = 0;
const fresh = (): BootProgress => {
  now = 0;
  const progress = new BootProgress(() => now);
  progress.begin();
  return progress;
};
const shown = (progress: BootProgress): string => progress.rows.filter(({ state }) => state !== 'ahead').map(({ stage, ms }) => `${stage} ${ms ?? '-'}`).join(', ');

test('each stage has the time at which its sign came, and paused time does not count', () => {
  const progress = fresh();
  now = 1000;
  progress.printed(bytes('GNU GRUB  version 2.12\r\n'));
  progress.pause();
  now = 61_000;
  progress.resume();
  now = 62_000;
  progress.printed(bytes('\x1b[0m[    0.000000] Linux version 6.12\r\n'));
  assert.equal(shown(progress), 'firmware 0, bootloader 1000, kernel 2000');
  assert.equal(progress.rows[2]?.state, 'now');
});

test('a stage that only a later one implies has no time', () => {
  const progress = fresh();
  now = 5000;
  progress.printed(bytes('grub> boot\r\n(initramfs) '));
  assert.equal(shown(progress), 'firmware 0, bootloader 5000, kernel -, initramfs 5000');
  assert.equal(progress.rest, 'initramfs');
});

test('a quiet boot has come to its services when the agent answers, and what is printed then takes nothing back', () => {
  const progress = fresh();
  now = 700;
  progress.printed(bytes('Loading Linux\r\n'));
  now = 9000;
  progress.answered();
  progress.printed(bytes('root: clean\r\n'));
  assert.equal(progress.stage, 'services');
  now = 9500;
  progress.printed(bytes('\r\nnode-1 login: root (automatic login)\r\n'));
  progress.answered();
  assert.equal(shown(progress), 'firmware 0, bootloader 700, kernel -, initramfs -, root -, init -, services 9000, login 9500');
});

test('an escape sequence that is cut between two batches hides nothing', () => {
  const progress = fresh();
  progress.printed(bytes('GNU GRUB\r\n\x1b[2'));
  progress.printed(bytes('Jgrub> '));
  assert.equal(progress.rest, 'grub');
});

test('after a restore the clock of the boot goes on, and what was printed before gets no new time', () => {
  const progress = fresh();
  progress.restore({ elapsed: 9000, times: { firmware: 0, bootloader: 800 } });
  progress.printed(bytes('GNU GRUB\r\n[    0.000000] Linux version 6.12\r\n'));
  progress.restored();
  now = 500;
  progress.printed(bytes('[    1.0] Run /init as init process\r\n'));
  assert.equal(shown(progress), 'firmware 0, bootloader 800, kernel -, initramfs 9500');
  progress.restore(undefined);
  progress.restored();
  progress.printed(bytes('GNU GRUB\r\ngrub> '));
  assert.equal(shown(progress), 'firmware -, bootloader -');
});

test('the words name silence, a rest and a panic, and nothing else', () => {
  assert.match(railWords({ stage: 'firmware', rest: undefined }, false), /^Nothing on the serial line yet/);
  assert.match(railWords({ stage: 'bootloader', rest: 'grub' }, false), /^GRUB waits at its command line.*Restart/);
  assert.match(railWords({ stage: 'login', rest: 'panic' }, true), /panicked/);
  assert.equal(railWords({ stage: 'login', rest: 'shell' }, true), '');
  assert.equal(railWords({ stage: 'kernel', rest: undefined }, false), '');
});
