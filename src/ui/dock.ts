import type { BootMachine } from './boot.ts';
import sheet from './css/reader.css?url';
import { home } from './home.ts';
import { loadSheet } from './load-sheet.ts';
import { make } from './make.ts';
import { NotNow } from './not-now.ts';
import { part } from './part.ts';

let reveal: (() => void) | undefined;

/** Brings back a machine that was put away; nothing where the page has one of its own. True when there is a dock. */
export function showDock(): boolean {
  reveal?.();
  return reveal !== undefined;
}

/** The page's machine; where it has none, the front page's is put at the foot of the window, off. Rejects when the server does not give it. */
export async function openDock(): Promise<BootMachine> {
  const own = document.querySelector<BootMachine>('boot-machine');
  if (own) return own;
  const front = await frontPage();
  const machine = front.querySelector<BootMachine>('boot-machine');
  if (!machine) throw missing();
  const sheets = [...front.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')].map(({ href }) => new URL(href).pathname);
  await Promise.all([sheet, ...sheets].map(loadSheet));

  const dock = make('aside', { className: 'dock', ariaLabel: 'Machine' });
  const again = make('button', { type: 'button', className: 'undock', textContent: 'Machine', hidden: true });
  const away = make('button', { type: 'button', className: 'away', textContent: 'Put away', title: 'Closes the machine\'s window and pauses it' });
  const show = (on: boolean): void => {
    dock.hidden = !on;
    again.hidden = on;
    document.body.toggleAttribute('data-docked', on);
  };
  away.addEventListener('click', () => {
    const kind = machine.view?.machine.state.get().kind;
    if (kind === 'ready' || kind === 'booting') machine.view?.pause();
    show(false);
    again.focus();
  });
  again.addEventListener('click', () => {
    show(true);
    machine.view?.goOn();
    machine.view?.terminal.focus();
  });
  dock.append(document.adoptNode(machine));
  part(machine, 'status').after(away);
  document.body.append(dock, again);
  reveal = () => show(true);
  reveal();
  return machine;
}

/** Read as a document, without a string that becomes one. */
function frontPage(): Promise<Document> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', home());
    request.responseType = 'document';
    request.onload = () => (request.status === 200 && request.responseXML ? resolve(request.responseXML) : reject(missing()));
    request.onerror = () => reject(missing());
    request.send();
  });
}

const missing = (): NotNow => new NotNow('The machine did not arrive: the server can not be reached, or lost a part of this site.', 'Check the connection, then press Run again.');
