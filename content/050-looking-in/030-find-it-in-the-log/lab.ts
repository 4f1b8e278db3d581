import type { Lab } from '../../../src/lab/lab.ts';
import { console, restrict } from './access.ts';
import { events, forged } from './messages.ts';
import { PREPARE } from './night.ts';

export default {
  title: 'Find it in the log',
  minutes: 25,
  start: 'snapshot',
  prepare: PREPARE,
  steps: [events, forged, console, restrict],
} satisfies Lab;
