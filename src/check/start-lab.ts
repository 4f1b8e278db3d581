import type { Scene } from '../lab/check.ts';
import type { Lab } from '../lab/lab.ts';
import { shellWord } from '../lab/shell.ts';
import type { Guest } from '../machine/guest.ts';
import { runScript } from './run.ts';

/** Milliseconds that `prepare` and `baseline` may take each. */
const deadline = 60_000;

/** 8 lower-case hexadecimal digits, fresh for each start of a lab. */
export function freshNonce(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (bytes) => crypto.getRandomValues(bytes)): string {
  return [...random(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Makes the machine this lab's machine: runs `prepare`, then takes the baseline. Once per start, before the reader types.
 * Throws as `runCheck` does.
 */
export async function startLab(
  id: string, lab: Lab, guest: Guest, nonce: string, signal?: AbortSignal,
): Promise<Pick<Scene, 'baseline' | 'nonce'>> {
  const run = async (name: string, script: string | undefined): Promise<string> => {
    if (script === undefined) return '';
    const text = `NONCE=${shellWord(nonce)}; export NONCE\n${script}`;
    return (await runScript(`${id}, ${name}`, text, guest, { timeout: deadline, ...(signal && { signal }) })).stdout;
  };
  await run('prepare', lab.prepare);
  return { baseline: await run('baseline', lab.baseline), nonce };
}
