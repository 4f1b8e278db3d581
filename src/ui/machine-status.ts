import type { Readable } from '../base/store.ts';
import type { MachineState } from '../machine/machine.ts';
import type { BootMachine } from './boot.ts';
import { part } from './part.ts';
import { bytesWords } from './state.ts';
import { troubleOf } from './trouble.ts';

const MOMENT = 500; // ms: a shorter wait is nobody's business

/** Calls `say` when the machine has waited for longer than a moment, and when it goes on. */
export function tellWaits(waits: Readable<boolean>, say: (waits: boolean) => void): void {
  let moment: ReturnType<typeof setTimeout> | undefined;
  let said = false;
  waits.watch((now) => {
    clearTimeout(moment);
    if (now) moment = setTimeout(() => say((said = true)), MOMENT);
    else if (said) say((said = false));
  });
}

/** The state as attributes and words: what a test waits for and what a reader sees are the same. */
export function showState(element: BootMachine, state: MachineState, words: string, milliseconds: number | undefined): void {
  element.dataset['state'] = state.kind;
  // A machine that goes back to a checkpoint in GRUB runs too, and is never ready.
  if (state.kind === 'ready' || state.kind === 'booting') element.dataset['ran'] = '';
  if (state.kind === 'loading') delete element.dataset['ran'];
  if (milliseconds !== undefined) element.dataset['promptMs'] = String(Math.round(milliseconds));
  part(element, 'status').textContent = words;
  const loading = state.kind === 'loading';
  part(element, 'loading').hidden = !loading;
  part(element, 'failure').hidden = state.kind !== 'failed';
  part(element, 'tools').hidden = state.kind === 'off' || !('ran' in element.dataset);
  if (loading) {
    const progress = element.querySelector('progress');
    if (progress && state.total > 0) [progress.max, progress.value] = [state.total, state.done];
    part(element, 'bytes').textContent = bytesWords(state.done, state.total);
  }
  if (state.kind === 'failed') showFailure(element, state.error);
  else delete element.dataset['error'];
}

export function showFailure(element: BootMachine, error: unknown): void {
  const { message, remedy } = troubleOf(error);
  const kind = error instanceof Error && 'kind' in error ? String(error.kind) : 'page';
  element.dataset['state'] = 'failed';
  element.dataset['error'] = kind;
  part(element, 'status').textContent = kind === 'panic' ? 'The kernel has panicked' : 'Failed';
  part(element, 'message').textContent = message;
  part(element, 'remedy').textContent = remedy;
  const down = kind === 'panic' || kind === 'powered-off';
  part(element, 'power-on').hidden = !down;
  part(element, 'again').textContent = down ? 'Start afresh' : 'Try again';
  part(element, 'loading').hidden = true;
  part(element, 'failure').hidden = false;
}
