import type { Lab } from '../../../src/lab/lab.ts';
import { BOOT_ID } from '../../../src/lab/key-values.ts';
import { analyze } from './analyze.ts';
import { before } from './before.ts';
import { longest } from './longest.ts';
import { times } from './times.ts';

export default {
  title: 'Read a boot',
  minutes: 20,
  start: 'cold',
  rest: 'shell',
  // Nothing is damaged: without `quiet` the kernel's lines come to the console too.
  prepare: "sed -i '/^[[:space:]]*linux[[:space:]]/s/ quiet//' /boot/grub/grub.cfg",
  baseline: BOOT_ID,
  steps: [before, times, longest, analyze],
} satisfies Lab;
