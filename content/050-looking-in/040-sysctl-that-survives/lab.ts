import type { Lab } from '../../../src/lab/lab.ts';
import { file, proof } from './file.ts';
import { now, scope } from './now.ts';
import { BASELINE, PREPARE } from './order.ts';

export default {
  title: 'A sysctl that survives',
  minutes: 25,
  start: 'cold',
  rest: 'shell',
  prepare: PREPARE,
  baseline: BASELINE,
  steps: [now, scope, file, proof],
} satisfies Lab;
