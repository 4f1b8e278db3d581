import type { Step } from '../lab/step.ts';
import type { Verdict } from '../lab/verdict.ts';
import { Fields } from './fields.ts';
import { showInline } from './inline.ts';
import type { Trouble } from './trouble.ts';

export type StepState = 'open' | 'checking' | 'passed';

/** One step as it stands in the text, and its line in the panel. */
export class StepView {
  readonly step: Step;
  readonly element: HTMLElement;
  readonly fields: Fields;
  readonly #verdict: HTMLElement;
  readonly #line: HTMLElement | null;

  constructor(element: HTMLElement, step: Step, entered: (field: string, value: string) => void) {
    this.step = step;
    this.element = element;
    this.fields = new Fields(element, entered);
    this.#verdict = element.querySelector<HTMLElement>('[data-verdict]') ?? element;
    this.#line = document.querySelector(`[data-goes="${step.id}"]`);
    const check = element.querySelector<HTMLButtonElement>('[data-check]');
    for (const input of element.querySelectorAll<HTMLInputElement>('input[type="text"]'))
      input.addEventListener('keydown', ({ key }) => { if (key === 'Enter') check?.click(); });
    oneByOne(element);
  }

  set state(state: StepState) {
    this.element.dataset['state'] = state;
    if (!this.#line) return;
    this.#line.dataset['state'] = state;
    this.#line.ariaLabel = state === 'passed' ? `${this.step.title}, proven` : null;
  }

  /** Whether it is the first that is not proven: where a reader goes on. */
  set next(next: boolean) {
    if (this.#line) this.#line.ariaCurrent = next ? 'step' : null;
  }

  /** What was said before is about the work as it was. */
  checks(): void {
    this.state = 'checking';
    this.say('Checking…');
  }

  verdict(verdict: Verdict): void {
    if (verdict.kind === 'fail') return this.#say('fail', [verdict.because, verdict.hint]);
    this.#say('pass', ['Proven.']);
    const facts = document.createElement('ul');
    facts.append(...verdict.facts.map(({ statement }) => {
      const item = document.createElement('li');
      showInline(item, statement);
      return item;
    }));
    this.#verdict.append(facts);
  }

  /** Something other than the reader's work is wrong. */
  trouble({ message, remedy }: Trouble): void {
    this.#say('machine', [message, remedy, 'This says nothing about your work.']);
  }

  say(sentence: string): void {
    this.#say('note', [sentence]);
  }

  quiet(): void {
    delete this.#verdict.dataset['kind'];
    this.#verdict.replaceChildren();
  }

  #say(kind: string, sentences: readonly string[]): void {
    this.#verdict.dataset['kind'] = kind;
    this.#verdict.replaceChildren(...sentences.map((sentence) => {
      const paragraph = document.createElement('p');
      showInline(paragraph, sentence);
      return paragraph;
    }));
  }
}

/** Each hint comes to light when the one before it is open. */
function oneByOne(element: HTMLElement): void {
  const hints = [...element.querySelectorAll<HTMLElement>('.hints > ol > li')];
  hints.forEach((hint, index) => {
    const inner = hint.querySelector('details');
    const next = hints[index + 1];
    if (!inner || !next) return;
    next.hidden = !inner.open;
    inner.addEventListener('toggle', () => { next.hidden &&= !inner.open; });
  });
}
