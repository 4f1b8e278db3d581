import { withoutEscapes } from '../base/escapes.ts';
import { perform } from '../check/perform.ts';
import type { Act } from '../lab/act.ts';
import { restOf } from '../lab/rest.ts';
import type { Machine } from '../machine/machine.ts';
import { Typist } from '../machine/typist.ts';
import { notAtPrompt } from './not-now.ts';

/**
 * Types where the reader types, each line when the prompt is back; presses keys and the power button where the acts say so.
 * Resolves when the last has come to its end. Rejects with NotNow when something else has the console, or with the signal's reason.
 */
export async function typeActs(machine: Pick<Machine, 'console' | 'reset'>, acts: readonly Act[], signal?: AbortSignal): Promise<void> {
  const [first] = acts;
  const presses = typeof first === 'object' && 'reset' in first;
  if (!presses && restOf(withoutEscapes(machine.console.boots().at(-1) ?? '')) === undefined) throw notAtPrompt();
  const life = new AbortController();
  try {
    const typist = new Typist(machine.console, life.signal);
    for (const act of acts) await perform(act, typist, machine, signal);
  } finally {
    life.abort();
  }
}
