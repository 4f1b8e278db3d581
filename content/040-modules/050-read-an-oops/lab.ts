import type { Lab } from '../../../src/lab/lab.ts';
import { WRITE } from './driver.ts';
import { place } from './place.ts';
import { stuck } from './stuck.ts';
import { trigger } from './trigger.ts';

export default {
  title: 'Read an oops',
  minutes: 35,
  start: 'snapshot',
  prepare: WRITE,
  steps: [trigger, place, stuck],
} satisfies Lab;
