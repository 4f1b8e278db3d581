import sheet from './css/reader.css?url';
import { part } from './part.ts';
import { recall, remember } from './remember.ts';
import { loadSheet } from './load-sheet.ts';
import { make } from './make.ts';
import type { ConsoleTerminal } from './xterm.ts';

const SMALLEST = 8;
const LARGEST = 28;

/** Buttons for the terminal itself, beside those for its machine: the size of its type, which is kept, and all of the window for it. */
export function terminalTools(element: HTMLElement, terminal: Pick<ConsoleTerminal, 'fontSize' | 'focus'>): void {
  const button = (text: string, label: string, does: (button: HTMLButtonElement) => void): void => {
    const made = make('button', { type: 'button', textContent: text, title: label });
    if (text.length < 3) made.ariaLabel = `${text} ${label}`; // who speaks to the page says what is written there
    made.addEventListener('click', () => does(made));
    part(element, 'tools').append(made);
  };
  const size = (pixels: number): void => { terminal.fontSize = Math.min(LARGEST, Math.max(SMALLEST, pixels)); };
  const step = (by: number): void => {
    size(terminal.fontSize + by);
    remember('type', String(terminal.fontSize));
  };
  const kept = Number(recall('type'));
  if (kept > 0) size(kept);
  button('A−', 'Smaller type in the terminal', () => step(-1));
  button('A+', 'Larger type in the terminal', () => step(1));
  button('Full window', 'Gives all of the window to the terminal; with your browser\'s F11, all of the screen', (made) => void full(element, made, terminal));
}

/**
 * All of the window, not the browser's full screen: that one ends with Esc, which belongs to the guest, and an iPhone gives it to films only.
 * What lies behind is inert meanwhile, so that the focus stays where the reader is.
 */
async function full(element: HTMLElement, button: HTMLButtonElement, terminal: Pick<ConsoleTerminal, 'focus'>): Promise<void> {
  await loadSheet(sheet);
  const on = element.toggleAttribute('data-full');
  button.textContent = on ? 'Back to the page' : 'Full window';
  for (let inner: Element = element; inner.parentElement && inner !== document.body; inner = inner.parentElement)
    for (const beside of inner.parentElement.children) if (beside !== inner && beside instanceof HTMLElement) beside.inert = on;
  terminal.focus();
}
