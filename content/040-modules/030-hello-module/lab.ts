import type { Lab } from '../../../src/lab/lab.ts';
import { build } from './build.ts';
import { insert } from './insert.ts';
import { remove } from './remove.ts';

export default {
  title: 'Hello, module',
  minutes: 35,
  start: 'snapshot',
  prepare: `mkdir -p /root/hello
echo "$NONCE" >/root/token
for event in module/module_load module/module_free printk/console; do echo 1 >/sys/kernel/tracing/events/$event/enable; done`,
  steps: [build, insert, remove],
} satisfies Lab;
