import { realTimers } from '../base/timers.ts';
import type { Rest } from '../lab/rest.ts';
import type { Machine, MachineState } from '../machine/machine.ts';
import { BootProgress } from './boot-progress.ts';
import { BootRail } from './boot-rail.ts';
import type { BootMachine } from './boot.ts';
import type { Checkpoint } from './checkpoint.ts';
import { CheckpointPanel } from './checkpoint-panel.ts';
import { pageCheckpoints } from './page-checkpoints.ts';
import { leaveTerminal } from './leave-terminal.ts';
import { mindLeftAlone } from './left-alone.ts';
import { showFailure, showState, tellWaits } from './machine-status.ts';
import { pageMachine } from './open-machine.ts';
import { part } from './part.ts';
import { stateWords } from './state.ts';
import { terminalTools } from './terminal-tools.ts';
import { Tools } from './tools.ts';
import { TouchKeys } from './touch-keys.ts';
import { openTerminal, type ConsoleTerminal } from './xterm.ts';

const MARKED_PASTES = new TextEncoder().encode('\x1b[?2004h');

/** What a lab tells of itself, so that a checkpoint can be named and can bring the lab back. */
export interface Work {
  readonly scene: NonNullable<Checkpoint['scene']>;
  /** `step 2: …` */
  readonly step: string;
}

/** What the machine's element and a lab share once the reader has pressed Boot. */
export class MachineView {
  readonly machine: Machine;
  readonly terminal: ConsoleTerminal;
  readonly progress = new BootProgress(realTimers.now);
  readonly checkpoints: CheckpointPanel;
  /** Of the lab at work; undefined on the front page, and until the lab is ready. */
  work: Work | undefined;
  readonly #element: BootMachine;
  readonly #rail = new BootRail();
  readonly #keys = new TouchKeys((data) => this.type(data));
  readonly #typed: ((data: string) => void)[] = [];
  readonly #rested: ((rest: Rest) => void)[] = [];
  #pressedAt: number | undefined;
  #paused = false;
  #rest: Rest | undefined;

  constructor(element: BootMachine, machine: Machine, terminal: ConsoleTerminal) {
    this.#element = element;
    this.machine = machine;
    this.terminal = terminal;
    this.checkpoints = new CheckpointPanel(element, this, pageCheckpoints());
    const screen = part(element, 'screen');
    screen.before(this.#rail.element);
    screen.after(this.#keys.element);
    screen.append(this.checkpoints.element);
    machine.begins(() => this.#bootBegins());
    machine.console.read((data) => {
      terminal.write(data);
      this.progress.printed(data);
      this.#showBoot();
    });
    terminal.typed((data) => this.type(data));
    terminal.resized(() => this.#resize());
    machine.state.watch((state) => this.#mirror(state));
    tellWaits(machine.waits, (waits) => {
      part(element, 'status').textContent = waits ? 'Waiting for the rest of its memory' : stateWords(machine.state.get(), undefined, this.progress.rest);
    });
    new Tools(element, this);
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Calls `listener` with what the reader sends, by keyboard or touch key. */
  typed(listener: (data: string) => void): void {
    this.#typed.push(listener);
  }

  /** Calls `listener` when a boot has come to rest: at a prompt, or for good. */
  rested(listener: (rest: Rest) => void): void {
    this.#rested.push(listener);
  }

  /** A fresh machine from the snapshot. Resolves when it runs or its failure stands on the screen. */
  async start(pressed?: number): Promise<void> {
    this.#pressedAt = pressed ?? performance.now();
    this.work = undefined;
    this.#thaw();
    this.#rail.element.hidden = true;
    this.progress.restore(undefined); // what an earlier boot printed is no part of this one
    this.#showBoot();
    this.#resize();
    // The snapshot's prompt is not yet the machine of a lab that starts cold, and would invite to type.
    this.cover('cold' in this.#element.dataset);
    try {
      await this.machine.start('snapshot');
    } catch (error) {
      this.cover(false);
      // The state says it too, unless the machine could not even begin.
      if (this.machine.state.get().kind !== 'failed') showFailure(this.#element, error);
      return;
    }
    this.#pressedAt = undefined;
    // bash asked for marked pastes before the snapshot was made, and what it printed then is kept without such sequences.
    this.terminal.write(MARKED_PASTES);
    await this.#element.prepare?.(this);
  }

  /** Back to a kept machine. Throws when its state can not be taken; the machine that runs goes on then. */
  async back(checkpoint: Checkpoint, state: Uint8Array): Promise<void> {
    this.#resize();
    this.progress.restore(checkpoint.boot);
    try {
      await this.machine.restore(state);
    } finally {
      this.progress.restored();
    }
    this.#thaw();
    this.cover(false);
    this.terminal.standard(this.machine.state.get().kind !== 'ready');
    this.#rail.element.hidden = checkpoint.boot === undefined && this.machine.state.get().kind === 'ready';
    this.#showBoot();
    this.terminal.focus();
    if (checkpoint.scene) await this.#element.resume?.(this, checkpoint.scene);
  }

  reset(): void {
    this.#thaw();
    this.terminal.focus();
    void this.machine.reset().catch(() => undefined); // a boot that stops on its way never gets ready; the state tells
  }

  /** Freezes the machine, so that its reader can read. */
  pause(): void {
    this.machine.pause();
    this.progress.pause();
    this.#setPaused(true);
  }

  goOn(): void {
    if (this.#paused) this.machine.resume();
    this.#thaw();
  }

  /** Whether the rail is shown: then a checkpoint keeps its times. */
  get booted(): boolean {
    return !this.#rail.element.hidden;
  }

  cover(on: boolean): void {
    part(this.#element, 'cover').hidden = !on;
    this.#element.toggleAttribute('data-covered', on);
  }

  #bootBegins(): void {
    this.#thaw();
    this.progress.begin();
    this.#rail.element.hidden = false;
    this.terminal.clear();
    this.terminal.standard(true);
    if ('covered' in this.#element.dataset) {
      this.cover(false);
      this.terminal.focus();
    }
    this.#showBoot();
  }

  #mirror(state: MachineState): void {
    if (state.kind === 'loading') this.terminal.clear();
    if (state.kind === 'ready' || state.kind === 'loading') this.terminal.standard(false);
    if (state.kind === 'failed') this.cover(false);
    if (state.kind === 'ready' && this.booted) this.progress.answered();
    const told = state.kind === 'ready' && this.#pressedAt !== undefined ? performance.now() - this.#pressedAt : undefined;
    // Before the page says that it is ready: what is typed then must arrive.
    if (told !== undefined && !('covered' in this.#element.dataset)) this.terminal.focus();
    showState(this.#element, state, stateWords(state, told, this.progress.rest), told);
    this.#showBoot();
  }

  #showBoot(): void {
    const state = this.machine.state.get();
    const { rest } = this.progress;
    if (!this.#rail.element.hidden) this.#rail.show(this.progress, state.kind === 'ready');
    if (rest === this.#rest) return;
    this.#rest = rest;
    if (state.kind === 'booting' && !this.#paused) part(this.#element, 'status').textContent = stateWords(state, undefined, rest);
    this.#element.dataset['rest'] = rest ?? '';
    if (rest && this.booted) for (const listener of this.#rested) listener(rest);
  }

  /** What the reader types, or lets the page type: refused while nothing would arrive. */
  type(data: string): void {
    if ('covered' in this.#element.dataset) return;
    if (this.#paused) {
      part(this.#element, 'status').textContent = 'Paused: what you type would not arrive. Press Go on first.';
      return;
    }
    const sent = this.#keys.through(data);
    this.machine.console.write(sent);
    for (const listener of this.#typed) listener(sent);
  }

  // A machine that can not take the size now is told when it is ready, and one that has failed says so itself.
  #resize(): void {
    const { columns, rows } = this.terminal.size;
    this.machine.guest.resize(columns, rows).catch(() => undefined);
  }

  /** The machine runs again, whoever set it going. */
  #thaw(): void {
    this.progress.resume();
    if (this.#paused) this.#setPaused(false);
  }

  #setPaused(paused: boolean): void {
    this.#paused = paused;
    this.#element.toggleAttribute('data-paused', paused);
    const button = this.#element.querySelector('[data-do="pause"]');
    if (button) button.textContent = paused ? 'Go on' : 'Pause';
    part(this.#element, 'status').textContent = paused ? 'Paused' : stateWords(this.machine.state.get(), undefined, this.progress.rest);
  }
}

export async function openView(element: BootMachine): Promise<MachineView> {
  const machine = await pageMachine(element.dataset['machine'] ?? '');
  const host = part(element, 'terminal');
  const terminal = await openTerminal(host, { leave: leaveTerminal(element, host) });
  document.addEventListener('keydown', (event) => {
    const { kind } = machine.state.get();
    if (event.key !== 'F6' || event.defaultPrevented || (kind !== 'ready' && kind !== 'booting')) return;
    event.preventDefault();
    terminal.focus();
  });
  const view = new MachineView(element, machine, terminal);
  terminalTools(element, terminal);
  mindLeftAlone(element, view);
  return view;
}
