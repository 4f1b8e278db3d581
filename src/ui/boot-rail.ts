import { STAGE_NAMES, STAGES } from '../lab/stages.ts';
import { REST_WORDS, type Rest } from '../lab/rest.ts';
import type { BootProgress } from './boot-progress.ts';

/** Rests that a reader without an idea needs a way out of. */
const STUCK: ReadonlySet<Rest> = new Set(['grub', 'rescue', 'key', 'initramfs', 'maintenance', 'bare', 'panic']);

/** The sentence below the rail: facts only, so that silence is called silence and no timer guesses why. */
export function railWords(progress: Pick<BootProgress, 'rest' | 'stage'>, ready: boolean): string {
  const { rest, stage } = progress;
  if (rest === 'panic') return REST_WORDS.panic;
  if (ready) return '';
  if (rest && rest !== 'shell') return REST_WORDS[rest] + (STUCK.has(rest) ? ' If you are lost, Reset, a checkpoint or Restart leads back.' : '');
  if (stage === 'firmware') return 'Nothing on the serial line yet: the firmware is silent there, also when it finds nothing to boot. If nothing follows, a checkpoint or Restart leads back.';
  return '';
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** The stages of a boot beside the terminal, lit by what the machine printed. */
export class BootRail {
  readonly element = document.createElement('div');
  readonly #list = document.createElement('ol');
  readonly #note = document.createElement('p');

  constructor() {
    this.element.className = 'rail';
    this.element.hidden = true;
    this.#list.ariaLabel = 'Stages of this boot, with the time since the reset';
    this.#note.setAttribute('role', 'status');
    this.#list.append(...STAGES.map((stage) => {
      const item = document.createElement('li');
      item.dataset['stage'] = stage;
      item.append(STAGE_NAMES[stage], document.createElement('span'));
      return item;
    }));
    this.element.append(this.#list, this.#note);
  }

  show(progress: BootProgress, ready: boolean): void {
    const { rest } = progress;
    progress.rows.forEach(({ state, ms }, index) => {
      const item = this.#list.children[index];
      const time = item?.querySelector('span');
      if (!(item instanceof HTMLElement) || !time) return;
      item.dataset['state'] = state === 'now' && ready ? 'done' : state === 'now' && rest ? 'rests' : state;
      if (state === 'now') item.setAttribute('aria-current', 'step');
      else item.removeAttribute('aria-current');
      const words = ms !== undefined ? seconds(ms) : state === 'done' ? 'passed' : '';
      if (time.textContent !== words) time.textContent = words;
      item.title = ms === undefined && state === 'done' ? 'Passed, as a later sign shows; the moment is not known' : '';
    });
    const words = railWords(progress, ready);
    if (this.#note.textContent !== words) this.#note.textContent = words;
  }
}
