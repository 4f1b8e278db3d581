import { AuthorError } from '../lab/author-error.ts';
import type { RunOptions, RunResult, Guest } from '../machine/guest.ts';
import { ProbeFailure } from './probe-failure.ts';

/** Codes above it mean "ended by signal n - 128"; 126 and 127 are the shell's own. */
const lastCode = 128;

const signals: Readonly<Record<number, string>> = { 6: 'SIGABRT', 9: 'SIGKILL', 11: 'SIGSEGV', 13: 'SIGPIPE', 15: 'SIGTERM' };

/**
 * Runs one of a lab's scripts, which has to end with 0. Throws an AuthorError when the script says otherwise, a
 * ProbeFailure when something killed it, and whatever the guest throws when the machine fails.
 */
export async function runScript(where: string, script: string, guest: Guest, options: RunOptions): Promise<RunResult> {
  const result = await guest.run(script, options);
  if (result.code > lastCode) {
    const signal = result.code - lastCode;
    throw new ProbeFailure(
      `Something in the machine ended the check (${signals[signal] ?? `signal ${signal}`}), so it says nothing about your work.`,
      'Check again; if it keeps happening, free memory in the machine or restart the lab.',
    );
  }
  if (result.code !== 0) {
    throw new AuthorError([{
      where,
      expected: 'a script that ends with 0 whatever the reader did',
      found: `code ${result.code}${result.stderr.trim() === '' ? '' : `: ${result.stderr.trim().slice(0, 400)}`}`,
      mend: 'Let the script print what it sees, and judge it in expect.',
    }]);
  }
  return result;
}
