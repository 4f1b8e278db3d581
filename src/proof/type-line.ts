import { perform } from '../check/perform.ts';
import { actWords, type Act } from '../lab/act.ts';
import { AuthorError } from '../lab/author-error.ts';
import type { Machine } from '../machine/machine.ts';
import type { Typist } from '../machine/typist.ts';

/** Milliseconds in which the console has to answer: a hang is a finding, not a wait. A whole boot fits in. */
const limit = 180_000;

/** Runs `work` with the limit; throws an AuthorError that names what did not come. */
async function limited<T>(what: string, awaited: string, where: string, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = AbortSignal.timeout(limit);
  try {
    return await work(signal ? AbortSignal.any([signal, late]) : late);
  } catch (cause) {
    if (!late.aborted || signal?.aborted) throw cause;
    throw new AuthorError([{
      where,
      expected: `${awaited} within ${limit / 1000} s after ${what}`,
      found: 'none',
      mend: 'End what it starts (put it into the background, or give it a limit), split the line, or say where the machine comes to rest.',
    }], { cause });
  }
}

/** Types one line; throws an AuthorError when its prompt does not come back. `where` names the line's place. */
export const typeLine = (typist: Typist, line: string, where: string, signal?: AbortSignal): Promise<string> =>
  limited(`"${line}"`, 'the prompt', where, signal, (limit) => typist.type(line, limit));

/** Does what a step's author wrote down, in order. */
export async function doActs(acts: readonly Act[] | undefined, typist: Typist, machine: Machine, where: string, signal?: AbortSignal): Promise<void> {
  for (const act of acts ?? []) {
    const awaited = typeof act === 'string' ? 'the prompt' : `the rest "${act.until}"`;
    await limited(`"${actWords(act).map(({ words }) => words).join(' ')}"`, awaited, where, signal, (limit) => perform(act, typist, machine, limit));
  }
}
