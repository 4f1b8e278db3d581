import { realTimers } from '../base/timers.ts';
import { LiveLines, type Said } from './live-lines.ts';
import sheet from './live.css?url';
import { loadSheet } from './load-sheet.ts';
import { make } from './make.ts';
import type { MachineView } from './machine-view.ts';

/** Lines that are kept to be read again; the whole is in the transcript. */
const KEPT = 200;

/** What the machine prints, line by line, below its screen: a screen reader says it, when it has said what comes before. */
export class LiveTranscript {
  readonly element = make('div', { className: 'live', role: 'log', ariaLive: 'polite', ariaLabel: 'What the machine prints', tabIndex: 0, hidden: true });
  readonly #view: MachineView;
  readonly #lines = new LiveLines(realTimers, (said) => this.#say(said));
  #stop: (() => void) | undefined;

  constructor(view: MachineView) {
    this.#view = view;
    view.typed((data) => this.#lines.typed(data));
  }

  /** Makes the terminal's own rows readable too, without a word from them. */
  show(on: boolean): void {
    this.element.hidden = !on;
    this.#view.terminal.readable(on);
    this.#stop?.();
    this.#lines.stop();
    this.#stop = on ? this.#view.terminal.lines((ended, current) => this.#lines.printed(ended, current)) : undefined;
  }

  #say(said: readonly Said[]): void {
    for (const { text, goesOn } of said) {
      const last = this.element.lastElementChild;
      if (goesOn && last) last.append(' ', make('span', { textContent: text }));
      else this.element.append(make('p', {}, make('span', { textContent: text })));
    }
    while (this.element.childElementCount > KEPT) this.element.firstElementChild?.remove();
    this.element.scrollTop = this.element.scrollHeight;
  }
}

/** The live transcript of a machine, hidden, below `screen`. */
export async function transcriptBelow(screen: HTMLElement, view: MachineView): Promise<LiveTranscript> {
  await loadSheet(sheet);
  const live = new LiveTranscript(view);
  screen.after(live.element);
  return live;
}
