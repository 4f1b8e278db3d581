import { AuthorError } from '../lab/author-error.ts';
import type { Typist } from '../machine/typist.ts';

/** Milliseconds in which a typed line has to give the prompt back: a hang is a finding, not a wait. */
const limit = 180_000;

/** Types one line; throws an AuthorError when its prompt does not come back. `where` names the line's place. */
export async function typeLine(typist: Typist, line: string, where: string, signal?: AbortSignal): Promise<string> {
  const late = AbortSignal.timeout(limit);
  try {
    return await typist.type(line, signal ? AbortSignal.any([signal, late]) : late);
  } catch (cause) {
    if (!late.aborted || signal?.aborted) throw cause;
    throw new AuthorError([{
      where,
      expected: `the prompt within ${limit / 1000} s after "${line}"`,
      found: 'none',
      mend: 'End what it starts (put it into the background, or give it a limit), or split the line.',
    }], { cause });
  }
}
