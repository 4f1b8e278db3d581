import type { Attempt, Entries } from '../lab/step.ts';
import type { Guest } from '../machine/guest.ts';

/** The entries of a solution or a wrong attempt: literals as they are, scripts by what they print in the guest now. */
export async function fillEntries(enter: Attempt['enter'], guest: Guest, signal?: AbortSignal): Promise<Entries> {
  const filled: Record<string, string> = {};
  for (const [id, entry] of Object.entries(enter ?? {})) {
    filled[id] = typeof entry === 'string' ? entry : (await guest.run(entry.run, signal && { signal })).stdout.trim();
  }
  return filled;
}
