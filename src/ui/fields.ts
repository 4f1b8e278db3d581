import type { Entries } from '../lab/step.ts';

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLFieldSetElement;

/** The fields of one step on the page. */
export class Fields {
  readonly #controls: ReadonlyMap<string, Control>;

  /** `entered` hears each change the reader makes. */
  constructor(step: HTMLElement, entered: (field: string, value: string) => void) {
    const controls = [...step.querySelectorAll<Control>('[data-field]')];
    this.#controls = new Map(controls.map((control) => [control.dataset['field'] ?? '', control]));
    for (const [field, control] of this.#controls) control.addEventListener('input', () => entered(field, read(control)));
  }

  get filled(): boolean {
    return [...this.#controls.values()].every((control) => read(control).trim() !== '');
  }

  get values(): Entries {
    return Object.fromEntries([...this.#controls].map(([field, control]) => [field, read(control)]));
  }

  /** Shows what is kept; what the reader is typing at this moment is left alone. */
  show(entries: Entries): void {
    for (const [field, control] of this.#controls) {
      const value = entries[field] ?? '';
      if (control !== document.activeElement && value !== read(control)) write(control, value);
    }
  }
}

const radios = (control: HTMLFieldSetElement) => [...control.querySelectorAll('input')];

function read(control: Control): string {
  return control instanceof HTMLFieldSetElement ? radios(control).find(({ checked }) => checked)?.value ?? '' : control.value;
}

function write(control: Control, value: string): void {
  if (!(control instanceof HTMLFieldSetElement)) control.value = value;
  else for (const radio of radios(control)) radio.checked = radio.value === value;
}
