import type { Lab } from '../../../src/lab/lab.ts';
import { evidence } from './evidence.ts';
import { keep } from './keep.ts';
import { mount } from './mount.ts';
import { BASELINE, BREAK } from './node.ts';
import { tree } from './tree.ts';

export default {
  title: 'No such device: the storage driver',
  minutes: 30,
  start: 'snapshot',
  prepare: BREAK,
  baseline: BASELINE,
  steps: [evidence, tree, mount, keep],
} satisfies Lab;
