import { REST_WORDS, type Rest } from '../lab/rest.ts';
import type { MachineState } from '../machine/machine.ts';

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** The machine's state as the words beside its lamp. `millisecondsToPrompt` counts from the button, when known; `rest` is where a boot has stopped. */
export function stateWords(state: MachineState, millisecondsToPrompt: number | undefined, rest?: Rest): string {
  switch (state.kind) {
    case 'off': return 'Off';
    case 'loading': return 'Loading';
    case 'booting': return rest && rest !== 'shell' ? REST_WORDS[rest].split(/[:;.]/)[0] ?? 'Booting' : 'Booting';
    case 'ready': return millisecondsToPrompt === undefined ? 'Running' : `Running, prompt after ${(millisecondsToPrompt / 1000).toFixed(2)} s`;
    case 'failed': return 'Failed';
  }
}

/** `3.1 of 7.9 MB`, or what has come so far while the whole is unknown. */
export function bytesWords(done: number, total: number): string {
  return total > 0 ? `${megabytes(done)} of ${megabytes(total)} MB` : `${megabytes(done)} MB`;
}
