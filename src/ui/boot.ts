import type { Checkpoint } from './checkpoint.ts';
import type { MachineView } from './machine-view.ts';
import { recall } from './remember.ts';

/** The machine's place on the page before it is needed: a button, and the way to the code behind it. */
export class BootMachine extends HTMLElement {
  /** Called on each fresh machine, before the reader is told that it is ready: a lab makes it its own. */
  prepare: ((view: MachineView) => Promise<void>) | undefined;
  /** Called on a machine that came back from a checkpoint of the lab, with what its checks need. */
  resume: ((view: MachineView, scene: NonNullable<Checkpoint['scene']>) => Promise<void>) | undefined;
  #view: MachineView | undefined;

  connectedCallback(): void {
    const button = this.querySelector<HTMLButtonElement>('[data-boot]');
    if (!button) return;
    button.addEventListener('click', () => void this.boot());
    button.disabled = false;
    // Without it the reader starts afresh, and finds the checkpoints in the panel.
    if (recall('checkpoints')) import('./kept-offers.ts').then((code) => code.offerKept(this)).catch(() => undefined);
  }

  /** Once its code is there. */
  get view(): MachineView | undefined {
    return this.#view;
  }

  /** Starts a fresh machine, or the kept one; failures stand on the screen. */
  async boot(kept?: Checkpoint): Promise<void> {
    const pressed = performance.now();
    this.dataset['state'] = 'loading';
    try {
      const code = await import('./machine-view.ts');
      this.#view ??= await code.openView(this);
    } catch (error) {
      return this.#noMachine(error);
    }
    if (!kept) return this.#view.start(pressed);
    await this.#view.checkpoints.goOn(kept);
  }

  /** Told here, because the code that tells failures may be what is missing. A browser may remember that until a reload. */
  #noMachine(error: unknown): void {
    const { name = '', message = String(error), kind = 'code', remedy } = error instanceof Error ? (error as Error & { kind?: string; remedy?: string }) : {};
    this.dataset['state'] = 'failed';
    this.dataset['error'] = kind;
    const say = (part: string, text: string): void => {
      const element = this.querySelector(`[data-${part}]`);
      if (element) element.textContent = text;
    };
    say('status', 'Failed');
    // A module or style sheet that does not come is a TypeError in every browser.
    say('message', remedy || name !== 'TypeError' ? message : `The emulator did not arrive: the server can not be reached, or lost a part of this page. (${message})`);
    say('remedy', remedy ?? 'Check the connection, then reload the page.');
    const again = this.querySelector<HTMLButtonElement>('[data-again]');
    if (again) again.onclick = () => location.reload();
    this.querySelector('[data-failure]')?.removeAttribute('hidden');
  }
}
