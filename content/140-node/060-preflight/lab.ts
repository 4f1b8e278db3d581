import type { Lab } from '../../../src/lab/lab.ts';
import { blind } from './blind.ts';
import { modules } from './modules.ts';
import { inMemory } from './rooms.ts';
import { settings } from './settings.ts';

export default {
  title: 'A preflight that can say no',
  minutes: 45,
  start: 'snapshot',
  prepare: 'echo 1 >/proc/sys/net/ipv4/ip_forward',
  baseline: inMemory,
  steps: [modules, settings, blind],
} satisfies Lab;
