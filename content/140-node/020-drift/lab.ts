import type { Lab } from '../../../src/lab/lab.ts';
import { collect } from './collect.ts';
import { defend } from './defend.ts';
import { matter } from './matter.ts';
import { mend } from './mend.ts';
import { BASELINE, BREAK } from './pool.ts';

export default {
  title: 'Drift: four that matter',
  minutes: 30,
  start: 'snapshot',
  prepare: BREAK,
  baseline: BASELINE,
  steps: [collect, matter, defend, mend],
} satisfies Lab;
