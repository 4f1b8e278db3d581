import type { Scene } from '../lab/check.ts';
import type { Lab } from '../lab/lab.ts';
import { shellWord } from '../lab/shell.ts';
import type { Machine } from '../machine/machine.ts';
import { runScript } from './run.ts';

/** Milliseconds that `prepare` and `baseline` may take each. */
const deadline = 60_000;

/** 8 lower-case hexadecimal digits, fresh for each start of a lab. */
export function freshNonce(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (bytes) => crypto.getRandomValues(bytes)): string {
  return [...random(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Leaves a disk as a clean shutdown does, without the shutdown: what is written is on it, and the root file system is clean. */
const settle = 'sync; echo u > /proc/sysrq-trigger; until grep -q " / ext4 ro" /proc/mounts; do sleep 0.1; done';

/**
 * Makes the machine this lab's machine: runs `prepare`, then takes the baseline; for a lab that starts cold it then presses the
 * power button, and the machine is on its way when this resolves. Once per start, from the snapshot, before the reader types.
 * Throws as `runCheck` does.
 */
export async function startLab(
  id: string, lab: Lab, machine: Pick<Machine, 'guest' | 'reset'>, nonce: string, signal?: AbortSignal,
): Promise<Pick<Scene, 'baseline' | 'nonce'>> {
  const run = async (name: string, script: string | undefined): Promise<string> => {
    if (script === undefined) return '';
    const text = `NONCE=${shellWord(nonce)}; export NONCE\n${script}`;
    return (await runScript(`${id}, ${name}`, text, machine.guest, { timeout: deadline, ...(signal && { signal }) })).stdout;
  };
  await run('prepare', lab.prepare);
  const baseline = await run('baseline', lab.baseline);
  if (lab.start === 'cold') {
    await run('settle', settle);
    void machine.reset(signal).catch(() => undefined); // a boot that is broken on purpose never gets ready
  }
  return { baseline, nonce };
}
