import type { Lab } from '../../../src/lab/lab.ts';
import { MAKE } from './files.ts';
import { lockdown } from './lockdown.ts';
import { refused } from './refused.ts';
import { taint } from './taint.ts';

export default {
  title: 'Wrong kernel, no signature',
  minutes: 30,
  start: 'snapshot',
  prepare: MAKE,
  steps: [refused, taint, lockdown],
} satisfies Lab;
