import type { Lab } from '../../../src/lab/lab.ts';
import { block } from './block.ts';
import { durable } from './durable.ts';
import { file } from './file.ts';
import { ladder } from './ladder.ts';
import { BASELINE, BREAK } from './node.ts';
import { scheduler } from './scheduler.ts';

export default {
  title: 'kube-proxy cannot use IPVS',
  minutes: 35,
  start: 'snapshot',
  prepare: BREAK,
  baseline: BASELINE,
  steps: [ladder, block, file, scheduler, durable],
} satisfies Lab;
