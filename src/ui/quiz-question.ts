import { againKey, answerKey } from '../progress/questions.ts';
import { pageProgress } from './page-progress.ts';
import { part } from './part.ts';

export function defineQuestions(): void {
  if (!customElements.get('quiz-question')) customElements.define('quiz-question', QuizQuestion);
}

/**
 * A question on the page: the reader chooses, answers, and reads why. The answer is kept; a wrong one can be given again.
 * One that was answered wrong comes back on the page of such questions (`data-again`), which shows it as if for the first time.
 */
class QuizQuestion extends HTMLElement {
  connectedCallback(): void {
    const button = part(this, 'answer');
    this.#recall();
    // Answered in another tab, or forgotten there: a question that is being answered here is left alone.
    if (!this.#again) pageProgress().elsewhere.watch(() => { if (!this.contains(document.activeElement)) this.#recall(); });
    button.addEventListener('click', () => this.#answer());
    this.addEventListener('change', () => this.#hide());
  }

  get #page(): string {
    return this.dataset['page'] ?? '';
  }

  get #question(): string {
    return this.dataset['question'] ?? '';
  }

  get #again(): boolean {
    return 'again' in this.dataset;
  }

  get #inputs(): HTMLInputElement[] {
    return [...this.querySelectorAll('input')];
  }

  /** Shows the kept answer, or that it was forgotten; before there is one, what was chosen before this code was here stays chosen. */
  #recall(): void {
    const answer = this.#again ? '' : pageProgress().entries(this.#page)[answerKey(this.#question)] ?? '';
    const kept = answer === '' ? [] : answer.split(' ');
    const forgotten = kept.length === 0 && 'answered' in this.dataset;
    for (const input of this.#inputs) input.checked = kept.includes(input.value) || (kept.length === 0 && !forgotten && input.checked);
    if (kept.length > 0) this.#show();
    if (forgotten) this.#hide();
  }

  #answer(): void {
    const chosen = this.#inputs.filter((input) => input.checked).map((input) => input.value);
    if (chosen.length === 0) {
      part(this, 'result').textContent = 'Choose an answer first.';
      return;
    }
    pageProgress().enter(this.#page, answerKey(this.#question), chosen.join(' '));
    const right = this.#show();
    if (right ? this.#again : 'returns' in this.dataset) pageProgress().enter(this.#page, againKey(this.#question), right ? '' : 'missed');
  }

  /** Explains what was chosen, and all options once the answer is right: a wrong answer leaves something to find. True for a right one. */
  #show(): boolean {
    const options = [...this.querySelectorAll<HTMLElement>('.option')];
    const right = options.every((option) => option.hasAttribute('data-right') === (option.querySelector('input')?.checked ?? false));
    for (const option of options) part(option, 'because').hidden = !right && !option.querySelector('input')?.checked;
    this.dataset['answered'] = right ? 'right' : 'wrong';
    part(this, 'result').textContent = right ? 'Right.' : 'Not this: read why, and choose again.';
    return right;
  }

  #hide(): void {
    delete this.dataset['answered'];
    for (const because of this.querySelectorAll<HTMLElement>('[data-because]')) because.hidden = true;
    part(this, 'result').textContent = '';
  }
}
