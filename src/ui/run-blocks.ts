import { once } from '../base/once.ts';
import { runnableSessions, shownCommands } from './block-commands.ts';
import { BlockRunner } from './block-runner.ts';
import sheet from './css/reader.css?url';
import { openDock, showDock } from './dock.ts';
import { loadSheet } from './load-sheet.ts';
import { make } from './make.ts';
import { troubleOf } from './trouble.ts';

const runner = once(async () => new BlockRunner(await openDock()));

/** A button at each session of the page that the reader's machine can run: types its commands there, opening the machine where it is closed. */
export async function runBlocks(page: ParentNode): Promise<void> {
  await loadSheet(sheet);
  for (const session of runnableSessions(page)) addButton(session);
}

function addButton(session: HTMLElement): void {
  const box = make('div', { className: 'session' });
  session.before(box);
  const commands = shownCommands(session);
  const button = make('button', {
    type: 'button', className: 'run', textContent: 'Run', ariaLabel: `Run in the machine: ${commands[0]?.lines[0] ?? ''}`,
    title: 'Types these commands into the machine. The proof ran the commands of this page in their order, on one fresh machine.',
  });
  const said = document.createElement('p');
  said.className = 'said';
  said.setAttribute('role', 'status');
  box.append(session, button, said);
  button.addEventListener('click', async () => {
    if (button.ariaBusy === 'true') return;
    button.ariaBusy = 'true';
    said.textContent = '';
    try {
      const ready = await runner();
      toMachine(box);
      await ready.run(commands);
      said.textContent = 'Typed; the machine\'s prompt is back.';
    } catch (error) {
      const { message, remedy } = troubleOf(error);
      said.textContent = `${message} ${remedy}`;
    } finally {
      button.ariaBusy = null;
    }
  });
}

/** Brings the machine into sight. Where it stands below the text, the reader is taken to it, and comes back as from any other link. */
function toMachine(session: HTMLElement): void {
  if (showDock()) session.scrollIntoView({ block: 'nearest' });
  else if (document.getElementById('work') && !matchMedia('(min-width: 60rem)').matches) location.hash = '#work';
}
