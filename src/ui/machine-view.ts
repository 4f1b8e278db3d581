import type { Machine, MachineState } from '../machine/machine.ts';
import type { BootMachine } from './boot.ts';
import { pageMachine } from './open-machine.ts';
import { part } from './part.ts';
import { bytesWords, stateWords } from './state.ts';
import { Tools } from './tools.ts';
import { troubleOf } from './trouble.ts';
import { openTerminal, type ConsoleTerminal } from './xterm.ts';

/** What the machine's element and a lab share once the reader has pressed Boot. */
export interface MachineView {
  readonly machine: Machine;
  readonly terminal: ConsoleTerminal;
  /** A fresh machine from the snapshot. Resolves when it runs or its failure stands on the screen. */
  start(pressed?: number): Promise<void>;
}

export async function openView(element: BootMachine): Promise<MachineView> {
  const machine = await pageMachine(element.dataset['machine'] ?? '');
  const host = part(element, 'terminal');
  const terminal = await openTerminal(host, { leave: leaves(element, host) });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'F6' || event.defaultPrevented || machine.state.get().kind !== 'ready') return;
    event.preventDefault();
    terminal.focus();
  });
  machine.console.read((data) => terminal.write(data));
  terminal.typed((data) => machine.console.write(data));
  // A machine that can not take the size now is told when it is ready, and one that has failed says so itself.
  const resize = (columns: number, rows: number) => void machine.guest.resize(columns, rows).catch(() => undefined);
  terminal.resized(resize);

  let pressedAt: number | undefined;
  const mirror = (state: MachineState): void => {
    if (state.kind === 'loading') terminal.clear();
    // Before the page says that it is ready: what is typed then must arrive.
    if (state.kind === 'ready' && pressedAt !== undefined) terminal.focus();
    show(element, state, state.kind === 'ready' && pressedAt !== undefined ? performance.now() - pressedAt : undefined);
  };
  machine.state.watch(mirror);
  const view: MachineView = {
    machine, terminal,
    async start(pressed) {
      pressedAt = pressed ?? performance.now();
      resize(terminal.size.columns, terminal.size.rows);
      try {
        await machine.start('snapshot');
      } catch (error) {
        // The state says it too, unless the machine could not even begin.
        if (machine.state.get().kind !== 'failed') showFailure(element, error);
        return;
      }
      pressedAt = undefined;
      await element.prepare?.(view);
    },
  };
  new Tools(element, view);
  return view;
}

/** The state as attributes and words: what a test waits for and what a reader sees are the same. */
function show(element: BootMachine, state: MachineState, milliseconds: number | undefined): void {
  element.dataset['state'] = state.kind;
  if (state.kind === 'ready') element.dataset['ran'] = '';
  if (state.kind === 'loading') delete element.dataset['ran'];
  if (milliseconds !== undefined) element.dataset['promptMs'] = String(Math.round(milliseconds));
  part(element, 'status').textContent = stateWords(state, milliseconds);
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

function showFailure(element: BootMachine, error: unknown): void {
  const { message, remedy } = troubleOf(error);
  const kind = error instanceof Error && 'kind' in error ? String(error.kind) : 'page';
  element.dataset['state'] = 'failed';
  element.dataset['error'] = kind;
  part(element, 'status').textContent = 'Failed';
  part(element, 'message').textContent = message;
  part(element, 'remedy').textContent = remedy;
  const down = kind === 'panic' || kind === 'powered-off';
  part(element, 'power-on').hidden = !down;
  part(element, 'again').textContent = down ? 'Start afresh' : 'Try again';
  part(element, 'loading').hidden = true;
  part(element, 'failure').hidden = false;
}

/** F6 goes back to where the reader came from; else to the steps of the lab, or the buttons above the terminal. */
function leaves(element: BootMachine, host: HTMLElement): () => void {
  let cameFrom: HTMLElement | undefined;
  host.addEventListener('focusin', ({ relatedTarget }) => {
    if (relatedTarget instanceof HTMLElement && !element.contains(relatedTarget)) cameFrom = relatedTarget;
  });
  return () => {
    const target = cameFrom?.checkVisibility() ? cameFrom
      : document.querySelector<HTMLElement>('.steps a') ?? element.querySelector<HTMLElement>('[data-tools] button:enabled');
    target?.focus();
  };
}
