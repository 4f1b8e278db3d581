import type { Lab } from '../../../src/lab/lab.ts';
import { hook } from './hook.ts';
import { list } from './list.ts';
import { mountroot } from './mountroot.ts';
import { unpack } from './unpack.ts';

export default {
  title: 'Open the initramfs',
  minutes: 25,
  start: 'snapshot',
  prepare: 'echo "$NONCE" > /root/token',
  steps: [list, unpack, mountroot, hook],
} satisfies Lab;
