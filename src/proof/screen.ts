import type { Machine } from '../machine/machine.ts';
import { withoutEscapes } from '../base/escapes.ts';

/** The end of the console as it is now, for evidence. */
export const screen = (machine: Machine): string => withoutEscapes(machine.console.transcript()).replace(/\r/g, '').slice(-2000);
