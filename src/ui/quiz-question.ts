import { Progress } from '../progress/progress.ts';
import { part } from './part.ts';
import { pageStorage } from './storage.ts';

let progress: Progress | undefined;

export function defineQuestions(): void {
  if (!customElements.get('quiz-question')) customElements.define('quiz-question', QuizQuestion);
}

/** A question on the page: the reader chooses, answers, and reads why. The answer is kept; a wrong one can be given again. */
class QuizQuestion extends HTMLElement {
  connectedCallback(): void {
    progress ??= new Progress({ storage: pageStorage(), now: Date.now });
    const button = part(this, 'answer');
    const kept = progress.entries(this.#page)[this.#key]?.split(' ') ?? [];
    for (const input of this.#inputs) input.checked = kept.includes(input.value) || (kept.length === 0 && input.checked);
    if (kept.length > 0) this.#show();
    button.addEventListener('click', () => this.#answer());
    this.addEventListener('change', () => this.#hide());
  }

  get #page(): string {
    return this.dataset['page'] ?? '';
  }

  get #key(): string {
    return `question ${this.dataset['question'] ?? ''}`;
  }

  get #inputs(): HTMLInputElement[] {
    return [...this.querySelectorAll('input')];
  }

  #answer(): void {
    const chosen = this.#inputs.filter((input) => input.checked).map((input) => input.value);
    if (chosen.length === 0) {
      part(this, 'result').textContent = 'Choose an answer first.';
      return;
    }
    progress?.enter(this.#page, this.#key, chosen.join(' '));
    this.#show();
  }

  /** Explains what was chosen, and all options once the answer is right: a wrong answer leaves something to find. */
  #show(): void {
    const options = [...this.querySelectorAll<HTMLElement>('.option')];
    const right = options.every((option) => option.hasAttribute('data-right') === (option.querySelector('input')?.checked ?? false));
    for (const option of options) part(option, 'because').hidden = !right && !option.querySelector('input')?.checked;
    this.dataset['answered'] = right ? 'right' : 'wrong';
    part(this, 'result').textContent = right ? 'Right.' : 'Not this: read why, and choose again.';
  }

  #hide(): void {
    delete this.dataset['answered'];
    for (const because of this.querySelectorAll<HTMLElement>('[data-because]')) because.hidden = true;
    part(this, 'result').textContent = '';
  }
}
