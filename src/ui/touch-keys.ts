/** Keys that a phone's keyboard does not have, and that GRUB, the initramfs and a shell want. */
const KEYS: readonly (readonly [label: string, name: string, data: string])[] = [
  ['Esc', 'Esc', '\x1b'], ['Tab', 'Tab', '\t'], ['↑', 'Up arrow', '\x1b[A'], ['↓', 'Down arrow', '\x1b[B'], ['←', 'Left arrow', '\x1b[D'], ['→', 'Right arrow', '\x1b[C'],
  ['⏎', 'Enter', '\r'], ['e', 'e', 'e'], ['c', 'c', 'c'], ['Ctrl+X', 'Ctrl+X', '\x18'], ['|', 'Vertical bar', '|'],
];

/** What Ctrl makes of a key, as a terminal sends it. */
export const withControl = (data: string): string => (/^[a-z@[\\\]^_]$/i.test(data) ? String.fromCharCode(data.toUpperCase().charCodeAt(0) & 31) : data);

/** A row of keys below the terminal, shown where fingers type. Ctrl holds for the next key, whichever keyboard it comes from. */
export class TouchKeys {
  readonly element = document.createElement('div');
  readonly #control = document.createElement('button');

  constructor(send: (data: string) => void) {
    this.element.className = 'keys';
    this.element.setAttribute('role', 'group');
    this.element.ariaLabel = 'Keys for the terminal';
    this.#control.type = 'button';
    this.#control.textContent = 'Ctrl';
    this.#control.ariaLabel = 'Ctrl, for the next key';
    this.#control.ariaPressed = 'false';
    this.#control.addEventListener('click', () => { this.#control.ariaPressed = String(!this.#held); });
    const keys = KEYS.map(([label, name, data]) => {
      const key = Object.assign(document.createElement('button'), { type: 'button', textContent: label, ariaLabel: name });
      key.addEventListener('click', () => send(data));
      return key;
    });
    this.element.append(this.#control, ...keys);
    // The terminal keeps the focus, and with it a phone's keyboard stays.
    this.element.addEventListener('pointerdown', (event) => event.preventDefault());
  }

  /** What goes to the machine for what was typed. */
  through(data: string): string {
    if (!this.#held) return data;
    this.#control.ariaPressed = 'false';
    return withControl(data);
  }

  get #held(): boolean {
    return this.#control.ariaPressed === 'true';
  }
}
