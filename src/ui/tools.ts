import { DELIVERY } from '../machine/error.ts';
import type { BootMachine } from './boot.ts';
import { download } from './download.ts';
import type { LiveTranscript } from './live-transcript.ts';
import type { MachineView } from './machine-view.ts';
import { part } from './part.ts';
import { recall, remember } from './remember.ts';
import { plainTranscript } from './transcript.ts';
import { troubleOf } from './trouble.ts';
import type { MachineXray } from './xray.ts';

/** The buttons above the terminal. One works at a time; what it did is said in the status line. */
export class Tools {
  readonly #element: BootMachine;
  readonly #view: MachineView;
  #panel: MachineXray | undefined;
  #live: LiveTranscript | undefined;

  constructor(element: BootMachine, view: MachineView) {
    this.#element = element;
    this.#view = view;
    const button = (name: string, work: (button: HTMLButtonElement) => Promise<string | undefined | void>): void => {
      const found = element.querySelector<HTMLButtonElement>(`[data-do="${name}"]`);
      found?.addEventListener('click', () => void this.#busy(found, work));
    };
    button('pause', async () => this.#pause());
    button('reset', async () => view.reset());
    button('checkpoints', async () => view.checkpoints.toggle(Boolean(view.checkpoints.element.hidden)));
    button('xray', async (toggle) => this.#xray(toggle));
    button('undo', () => this.#undo());
    button('restart', () => this.#view.start());
    button('power-on', async () => view.reset());
    button('again', () => this.#again());
    button('transcript', async () => {
      download('transcript.txt', plainTranscript(view.machine.console.transcript()), 'text/plain');
      return undefined;
    });
    button('reader', (toggle) => this.#reader(toggle));
    if (recall('reader') === 'on') element.querySelector<HTMLButtonElement>('[data-do="reader"]')?.click();
  }

  /** What is remembered is pressed by the page itself. */
  async #reader(toggle: HTMLButtonElement): Promise<undefined> {
    const { transcriptBelow } = await import('./live-transcript.ts');
    const live = (this.#live ??= await transcriptBelow(part(this.#element, 'screen'), this.#view));
    const on = toggle.ariaPressed !== 'true';
    toggle.ariaPressed = String(on);
    live.show(on);
    remember('reader', on ? 'on' : 'off');
  }

  async #xray(button: HTMLButtonElement): Promise<undefined> {
    const { xrayIn } = await import('./xray.ts');
    const panel = (this.#panel ??= await xrayIn(this.#element, this.#view.machine, button));
    panel.toggle(Boolean(panel.hidden));
    return undefined;
  }

  /** A running machine that lacks a piece of its disk goes on where it stood; any other begins afresh. */
  async #again(): Promise<undefined> {
    const { machine } = this.#view;
    const state = machine.state.get();
    if ('ran' in this.#element.dataset && state.kind === 'failed' && DELIVERY.has(state.error.kind)) {
      if (this.#view.paused) this.#view.goOn();
      else machine.resume();
    } else await this.#view.start();
  }

  #pause(): string | undefined {
    if (this.#view.paused) {
      this.#view.goOn();
      this.#view.terminal.focus();
      return undefined;
    }
    const { kind } = this.#view.machine.state.get();
    if (kind !== 'ready' && kind !== 'booting') return 'Only a machine that runs can be paused.';
    this.#view.pause();
    return undefined;
  }

  async #undo(): Promise<string | undefined> {
    const { newest } = this.#view.checkpoints.store;
    if (!newest) return 'No checkpoint was made by itself yet.';
    await this.#view.checkpoints.back(newest);
    return `Back ${newest.name}`;
  }

  async #busy(button: HTMLButtonElement, work: (button: HTMLButtonElement) => Promise<string | undefined | void>): Promise<void> {
    button.ariaBusy = 'true';
    const status = part(this.#element, 'status');
    try {
      const said = await work(button);
      if (said) status.textContent = said;
    } catch (error) {
      // A machine that failed shows it on its screen; a refusal has no other place than this.
      const { message, remedy } = troubleOf(error);
      if (this.#view.machine.state.get().kind !== 'failed') status.textContent = `${message} ${remedy}`;
    } finally {
      button.ariaBusy = null;
    }
  }
}
