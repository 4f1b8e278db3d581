import { withoutEscapes } from '../base/escapes.ts';
import { AuthorError } from '../lab/author-error.ts';
import type { Check, ProbeOutput, Scene } from '../lab/check.ts';
import type { Verdict } from '../lab/verdict.ts';
import type { Machine } from '../machine/machine.ts';
import { runScript } from './run.ts';

/** What a check looks at. */
export type Subject = Pick<Machine, 'console' | 'guest' | 'state'>;

/** Milliseconds a probe may take when it does not say. */
const deadline = 20_000;

export interface CheckOptions {
  /** Names the check in an author's error: `node/evidence, step kernel`. */
  readonly where?: string;
  readonly signal?: AbortSignal;
}

/**
 * The verdict on the reader's work, as the machine is now. Probes only look, so that a second run gives the same.
 * A failure that is not the reader's is thrown: MachineError and ProbeFailure (both with a `remedy`), AuthorError, or the
 * signal's reason.
 */
export async function runCheck(
  check: Check, scene: Scene, machine: Subject, { where = 'check', signal }: CheckOptions = {},
): Promise<Verdict> {
  signal?.throwIfAborted();
  const output = await probe(check, scene, machine, where, signal);
  return authored(`${where}, expect`, () => check.expect(output, scene));
}

async function probe(
  { probe }: Check, scene: Scene, { console, guest, state }: Subject, where: string, signal: AbortSignal | undefined,
): Promise<ProbeOutput> {
  const up = state.get().kind === 'ready';
  const seen = { boots: console.boots().map(withoutEscapes), up };
  switch (probe.kind) {
    case 'page': return { stdout: '', stderr: '', ...seen };
    case 'console': return { stdout: console.transcript(), stderr: '', ...seen };
    case 'boots':
    case 'guest': {
      const { script, timeout = deadline } = probe;
      if (script === undefined || (probe.kind === 'boots' && !up)) return { stdout: '', stderr: '', ...seen };
      const text = typeof script === 'string' ? script : authored(`${where}, probe`, () => script(scene));
      const { stdout, stderr } = await runScript(`${where}, probe`, text, guest, { timeout, ...(signal && { signal }) });
      return { stdout, stderr, ...seen };
    }
  }
}

/** Runs a function of the lab's author, whose exceptions are the author's errors. */
function authored<T>(where: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    throw new AuthorError([{
      where,
      expected: 'a pure function that copes with any output and any entries',
      found: cause instanceof Error ? `an exception: ${cause.message}` : 'an exception',
      mend: 'Handle this case, and add it to the wrong attempts.',
    }], { cause });
  }
}
