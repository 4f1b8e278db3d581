import { keyBytes, type Act } from '../lab/act.ts';
import { restOf, type Rest } from '../lab/rest.ts';
import type { Machine } from '../machine/machine.ts';
import type { Typist } from '../machine/typist.ts';

/** Does what a reader does, and waits for what comes of it. Rejects with the signal's reason. */
export async function perform(act: Act, typist: Typist, machine: Pick<Machine, 'console' | 'reset'>, signal?: AbortSignal): Promise<void> {
  if (typeof act === 'string') return void await typist.type(act, signal);
  const { until } = act;
  const before = machine.console.boot;
  const again = (boot: string): boolean => machine.console.boot > before && restOf(boot) === until;
  if ('press' in act) {
    typist.send(keyBytes(act.press));
    return typist.until((_, boot) => restOf(boot) === until, signal);
  }
  if ('line' in act) {
    typist.send(`${act.line}\r`);
    return typist.until((answer, boot) => (act.boots ? again(boot) : restOf(answer) === until), signal);
  }
  void machine.reset().catch(() => undefined); // the machine's state tells; a boot that stops on its way never resolves
  return typist.until((_, boot) => again(boot), signal);
}

/** Resolves when the boot under way has come to rest where it should: GRUB's menu, which goes on by itself, is such a place only when asked for. */
export const atRest = (typist: Typist, rest: Rest, signal?: AbortSignal): Promise<void> => typist.until((_, boot) => restOf(boot) === rest, signal);
