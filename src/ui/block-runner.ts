import type { Channel } from '../machine/channel.ts';
import type { MachineState } from '../machine/machine.ts';
import type { ShownCommand } from './block-commands.ts';
import type { BootMachine } from './boot.ts';
import type { MachineView } from './machine-view.ts';
import { NotNow } from './not-now.ts';
import { typeCommands } from './type-commands.ts';

const readerTyped = (): NotNow => new NotNow('You typed meanwhile, so what was left of this was not typed.', 'Press Run again to type all of it.');

/** Types a page's commands into its machine, one block at a time. What the reader types ends it: two can not type at once. */
export class BlockRunner {
  readonly #element: BootMachine;
  #typing: AbortController | undefined;
  #ours = false;
  #heard: MachineView | undefined;

  constructor(element: BootMachine) {
    this.#element = element;
  }

  /** Boots the machine first where it is off. Rejects in words for the reader. */
  async run(commands: readonly ShownCommand[]): Promise<void> {
    if (this.#typing) throw new NotNow('The commands of another block are still being typed.', 'Wait for its prompt, or end it with Ctrl+C.');
    const typing = (this.#typing = new AbortController());
    try {
      const view = await this.#ready();
      view.goOn();
      await typeCommands(this.#console(view), commands, typing.signal);
    } finally {
      this.#typing = undefined;
    }
  }

  async #ready(): Promise<MachineView> {
    if (this.#element.dataset['state'] === 'off') await this.#element.boot();
    const { view } = this.#element;
    const state: MachineState['kind'] = view?.machine.state.get().kind ?? 'failed';
    if (!view || state === 'failed') throw new NotNow('The machine does not run; it says on its screen why.', 'Start it there, then press Run again.');
    if (state === 'loading') throw new NotNow('The machine is still loading.', 'Press Run again when its prompt is there.');
    const preparing = document.querySelector('lab-work[data-state="preparing"]') !== null;
    if (preparing || 'covered' in this.#element.dataset) throw new NotNow('The machine is being made ready for this lab.', 'Press Run again when its prompt is there.');
    if (state === 'booting' && !this.#element.dataset['rest']) throw new NotNow('The machine is booting.', 'Press Run again when its prompt is there.');
    if (this.#heard !== view) view.typed(() => { if (!this.#ours) this.#typing?.abort(readerTyped()); });
    this.#heard = view;
    return view;
  }

  /** The console as the reader has it: a lab hears what is typed, and looks when it is done. */
  #console(view: MachineView): Channel {
    const { console } = view.machine;
    return {
      write: (data) => {
        this.#ours = true;
        view.type(String(data));
        this.#ours = false;
      },
      read: (listener, signal) => console.read(listener, signal),
      transcript: () => console.transcript(),
      boots: () => console.boots(),
      get boot() { return console.boot; },
    };
  }
}
