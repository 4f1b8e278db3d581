import { STAGE_NAMES } from '../lab/stages.ts';
import type { Rest } from '../lab/rest.ts';
import type { BootMachine } from './boot.ts';
import { checkpointItem } from './checkpoint-item.ts';
import { sizeWords, type Checkpoint } from './checkpoint.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { MachineData } from './machine-data.ts';
import type { MachineView } from './machine-view.ts';
import { troubleOf } from './trouble.ts';

const REST_NAMES: Readonly<Record<Rest, string>> = {
  menu: "GRUB's menu", editor: "GRUB's editor", grub: 'grub>', rescue: 'grub rescue>', key: 'a GRUB error', initramfs: '(initramfs)',
  maintenance: 'emergency mode', password: 'a password prompt', bare: 'a shell without an init', shell: 'the shell', waiting: 'a kernel without its root', panic: 'a panic',
};

/** Kept machines over the screen: a form that keeps the present one, and the list to go back by. */
export class CheckpointPanel {
  readonly element = document.createElement('div');
  readonly store: Checkpoints;
  readonly #host: BootMachine;
  readonly #view: MachineView;
  readonly #name = Object.assign(document.createElement('input'), { type: 'text', id: 'checkpoint-name', maxLength: 80, autocomplete: 'off' });
  readonly #list = document.createElement('ul');
  readonly #total = document.createElement('p');
  readonly #said = document.createElement('p');

  constructor(host: BootMachine, view: MachineView, store: Checkpoints) {
    this.#host = host;
    this.#view = view;
    this.store = store;
    this.element.className = 'checkpoints';
    this.element.hidden = true;
    this.element.setAttribute('role', 'region');
    this.element.ariaLabel = 'Checkpoints';
    this.#said.setAttribute('role', 'status');
    const form = document.createElement('form');
    const label = Object.assign(document.createElement('label'), { htmlFor: this.#name.id, textContent: 'Name' });
    const keep = Object.assign(document.createElement('button'), { type: 'submit', textContent: 'Save checkpoint' });
    form.append(label, this.#name, keep);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#busy(keep, () => this.#keep());
    });
    this.element.addEventListener('keydown', (event) => { if (event.key === 'Escape') this.toggle(false); });
    this.element.append(form, this.#said, this.#list, this.#total);
  }

  toggle(open: boolean): void {
    this.element.hidden = !open;
    this.#toggleButton?.setAttribute('aria-expanded', String(open));
    if (!open) return void this.#view.terminal.focus();
    this.#name.value = this.#moment();
    this.#said.textContent = '';
    void this.#show();
    this.#name.select();
    this.#name.focus();
  }

  /** One before each step of a lab; failing costs nothing but itself. */
  async keepAutomatic(name: string): Promise<void> {
    try {
      await this.store.keepAutomatic(this.#head(name), await this.#view.machine.save());
      const button = this.#host.querySelector<HTMLElement>('[data-do="undo"]');
      if (button) button.hidden = false;
      if (!this.element.hidden) await this.#show();
    } catch {
      // The machine does not stand still now, or there is no memory: the reader asked for nothing.
    }
  }

  /** Throws in words for the reader; the machine that runs goes on. */
  async back(checkpoint: Checkpoint): Promise<void> {
    await this.#view.back(checkpoint, await this.store.read(checkpoint));
  }

  /** Before anything runs: a kept machine instead of a fresh one. When it can not be taken, Boot is there again, with the reason. */
  async goOn(checkpoint: Checkpoint): Promise<void> {
    try {
      await this.back(checkpoint);
    } catch (error) {
      if (this.#view.machine.state.get().kind !== 'off') return;
      const { message, remedy } = troubleOf(error);
      this.#host.dataset['state'] = 'off';
      const status = this.#host.querySelector('[data-status]');
      if (status) status.textContent = `${message} ${remedy}`;
    }
  }

  async #keep(): Promise<void> {
    const began = performance.now();
    const state = await this.#view.machine.save();
    this.#host.dataset['saveMs'] = String(Math.round(performance.now() - began));
    const { checkpoint, where } = await this.store.keep(this.#head(this.#name.value.trim() || this.#moment()), state);
    this.#said.textContent = where === 'browser' ? `Kept “${checkpoint.name}”, ${sizeWords(checkpoint.bytes)}. It is still here after a reload.`
      : `Kept “${checkpoint.name}”, ${sizeWords(checkpoint.bytes)}, in this tab only: the browser gives the page no storage.`;
    await this.#show();
  }

  #head(name: string): Omit<Checkpoint, 'bytes'> {
    const { work, progress, booted } = this.#view;
    const { snapshot }: MachineData = JSON.parse(this.#host.dataset['machine'] ?? '');
    const boot = booted ? progress.kept : undefined;
    return {
      id: crypto.randomUUID(), name, at: Date.now(), key: snapshot.key, lab: this.#host.dataset['lab'] ?? '',
      ...(work && { scene: work.scene }), ...(boot && { boot }),
    };
  }

  /** A name from the moment: where the machine is, and the step at which its reader is. */
  #moment(): string {
    const { progress, machine, work } = this.#view;
    const place = machine.state.get().kind === 'ready' ? 'running' : progress.rest ? `at ${REST_NAMES[progress.rest]}` : `booting, ${STAGE_NAMES[progress.stage]}`;
    return work ? `${place}, ${work.step}` : place;
  }

  async #show(): Promise<void> {
    const all = await this.store.list();
    this.#list.replaceChildren(...all.map((checkpoint) => checkpointItem(checkpoint, {
      here: (this.#host.dataset['lab'] ?? '') === checkpoint.lab,
      kind: this.store.isAutomatic(checkpoint.id) ? 'automatic' : this.store.inTab(checkpoint.id) ? 'tab' : 'lasting',
      back: (button) => this.#busy(button, async () => {
        await this.back(checkpoint);
        this.toggle(false);
      }),
      remove: (button) => this.#busy(button, async () => {
        await this.store.delete(checkpoint.id);
        await this.#show();
        this.#said.textContent = `Deleted “${checkpoint.name}”.`;
        this.#name.focus();
      }),
    })));
    const bytes = all.reduce((sum, one) => sum + one.bytes, 0);
    this.#total.textContent = all.length ? `${all.length} kept, ${sizeWords(bytes)} in all. Automatic ones stay in this tab, the newest three.` : 'No checkpoint yet.';
  }

  async #busy(button: HTMLButtonElement, work: () => Promise<void>): Promise<void> {
    if (button.ariaBusy === 'true') return;
    button.ariaBusy = 'true';
    try {
      await work();
    } catch (error) {
      const { message, remedy } = troubleOf(error);
      this.#said.textContent = `${message} ${remedy}`;
    } finally {
      button.ariaBusy = null;
    }
  }

  get #toggleButton(): HTMLElement | null {
    return this.#host.querySelector<HTMLElement>('[data-do="checkpoints"]');
  }
}
