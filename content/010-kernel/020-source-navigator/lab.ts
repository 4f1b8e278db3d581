import type { Lab } from '../../../src/lab/lab.ts';
import { hung } from './hung.ts';
import { JOBS, START } from './jobs.ts';
import { BORDER, limit, OPEN } from './limit.ts';
import { CHOOSE, LINES, logLines } from './lines.ts';
import { fivePlaces } from './places.ts';
import { wake } from './wake.ts';

export default {
  title: 'Source navigator',
  minutes: 45,
  start: 'snapshot',
  prepare: `mkdir -p /var/lab
${START}
${CHOOSE}
${BORDER}`,
  baseline: `${JOBS}
${LINES}
${OPEN}`,
  steps: [fivePlaces, hung, wake, logLines, limit],
} satisfies Lab;
