import { realTimers, wait } from '../base/timers.ts';
import type { Inspection } from '../machine/inspection.ts';
import type { Machine } from '../machine/machine.ts';
import { loadSheet } from './load-sheet.ts';
import { make } from './make.ts';
import { troubleOf } from './trouble.ts';
import { endWords, hex, levelWords, parseAddress, spaceWords } from './walk-words.ts';
import { Looks, type Rates } from './xray-rates.ts';
import { EMULATOR, MEMORY, type Value } from './xray-values.ts';
import sheet from './xray.css?url';

const PAUSE = 1000; // ms between two looks

/** The machine seen from outside, beside its screen. While it is hidden, or its tab is, the machine is neither asked nor counted. */
export class MachineXray extends HTMLElement {
  /** Set before the element is shown. */
  machine: Machine | undefined;
  /** The button that shows and hides it. */
  button: HTMLButtonElement | undefined;
  readonly #values = new Map<string, HTMLElement>();
  readonly #bar = document.createElement('div');
  readonly #notice = document.createElement('p');
  readonly #input = make('input', { type: 'text', id: 'xray-address', placeholder: 'c0100000', autocomplete: 'off', spellcheck: false });
  readonly #result = document.createElement('div');
  readonly #said = document.createElement('p');
  readonly #looks = new Looks();
  #life: AbortController | undefined;
  #built = false;

  connectedCallback(): void {
    if (!this.#built) this.#build();
    document.addEventListener('visibilitychange', this.#follow);
    this.#follow();
  }

  disconnectedCallback(): void {
    document.removeEventListener('visibilitychange', this.#follow);
    this.#end();
  }

  /** Shows it and gives it the focus, or hides it and gives the focus back to its button. */
  toggle(open: boolean): void {
    this.hidden = !open;
    this.#follow();
    if (this.button) this.button.ariaExpanded = String(open);
    (open ? this : this.button)?.focus();
  }

  readonly #follow = (): void => {
    const seen = this.isConnected && !this.hidden && document.visibilityState === 'visible';
    if (!seen) return this.#end();
    if (this.#life) return;
    this.#life = new AbortController();
    void this.#live(this.#life.signal);
  };

  #end(): void {
    this.#life?.abort();
    this.#life = undefined;
    this.#looks.clear();
    this.machine?.watch(false);
  }

  async #live(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.machine?.watch(true); // each time: the machine may have been opened anew
      await this.#look(signal).catch((error: unknown) => {
        if (!signal.aborted) this.#tell(error);
      });
      await wait(realTimers, PAUSE, signal).catch(() => undefined); // the panel was hidden
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    const found = await this.machine?.inspect();
    if (!found || signal.aborted) return;
    this.#show(found, this.#looks.add(found));
    write(this.#notice, '');
  }

  #show(found: Inspection, rates: Rates | undefined): void {
    for (const [key, , words] of [...EMULATOR, ...MEMORY]) {
      const cell = this.#values.get(key);
      if (cell) write(cell, words(found, rates));
    }
    for (const part of ['ring3', 'ring0'] as const) this.#bar.style.setProperty(`--${part}`, `${100 * (rates?.[part] ?? 0)}%`);
    this.dataset['seconds'] = String(rates?.seconds ?? 0);
  }

  async #walk(): Promise<void> {
    const address = parseAddress(this.#input.value);
    this.#result.replaceChildren();
    this.#input.ariaInvalid = String(typeof address === 'string');
    if (typeof address === 'string') return write(this.#said, address);
    try {
      const found = await this.machine?.inspect(address);
      if (!found?.walk) return;
      const { walk, cr3, kernel } = found;
      const steps = walk.levels.map((level, n) => levelWords(level, n === walk.levels.length - 1));
      if (walk.end.kind !== 'flat') this.#result.append(list([{ name: 'CR3', value: hex(cr3), words: spaceWords(kernel) }, ...steps]));
      write(this.#said, endWords(walk));
    } catch (error) {
      const { message, remedy } = troubleOf(error);
      write(this.#said, `${message} ${remedy}`);
    }
  }

  #tell(error: unknown): void {
    const { message, remedy } = troubleOf(error);
    write(this.#notice, `${message} ${remedy}`);
  }

  #build(): void {
    this.#built = true;
    this.setAttribute('role', 'region');
    this.tabIndex = -1;
    this.ariaLabel = 'X-ray';
    this.#bar.className = 'rings';
    this.#bar.ariaHidden = 'true';
    this.#said.setAttribute('role', 'status');
    const label = make('label', { htmlFor: this.#input.id, textContent: 'Walk the page tables for address' });
    const form = document.createElement('form');
    form.append(label, this.#input, make('button', { type: 'submit', textContent: 'Walk' }));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#walk();
    });
    this.addEventListener('keydown', ({ key }) => { if (key === 'Escape') this.toggle(false); });
    this.append(
      this.#notice, text('h2', "From the emulator's own state, rates over five seconds", 'source'), this.#bar, this.#terms(EMULATOR),
      text('h2', "From the guest's memory, by the kernel's symbols", 'source'), this.#terms(MEMORY),
      text('h2', 'From both: CR3 of the emulator, tables in memory', 'source'), form, this.#result, this.#said, how(),
    );
  }

  #terms(values: readonly Value[]): HTMLElement {
    const terms = document.createElement('dl');
    for (const [key, name] of values) {
      const value = Object.assign(text('dd', '…'), { translate: false });
      value.dataset['value'] = key;
      this.#values.set(key, value);
      const pair = document.createElement('div');
      pair.append(text('dt', name), value);
      terms.append(pair);
    }
    return terms;
  }
}

function text(tag: string, content: string, className = ''): HTMLElement {
  return Object.assign(document.createElement(tag), { textContent: content, className });
}

function how(): HTMLElement {
  const details = document.createElement('details');
  details.append(
    text('summary', 'How it is seen'),
    text('p', 'Once a second the emulator is asked between two instructions. The guest takes no part in it, and can not tell.'),
    text('p', 'v86 does not count by ring, so the rings are sampled: after every 100,003 instructions the time since goes to the ring that runs. What is left of the time the processor was halted, or waited for its turn in the browser. Interrupt requests are counted one by one; page faults can not be.'),
  );
  return details;
}

function list(steps: readonly { name: string; value: string; words: string }[]): HTMLElement {
  const made = document.createElement('ol');
  made.append(...steps.map(({ name, value, words }) => {
    const item = document.createElement('li');
    item.append(text('span', name), text('code', value), text('span', words));
    return item;
  }));
  return made;
}

/** Only when it differs: a screen reader's place and a selection stay. */
function write(element: HTMLElement, words: string): void {
  if (element.textContent !== words) element.textContent = words;
}

/** The panel of a machine, with its styles, as the last part of `host`; hidden at first. `button` shows and hides it. */
export async function xrayIn(host: HTMLElement, machine: Machine, button: HTMLButtonElement): Promise<MachineXray> {
  await loadSheet(sheet);
  if (!customElements.get('machine-xray')) customElements.define('machine-xray', MachineXray);
  const panel = document.createElement('machine-xray') as MachineXray;
  Object.assign(panel, { machine, button });
  panel.hidden = true;
  host.append(panel);
  return panel;
}
