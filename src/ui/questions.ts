/** The code of the page's questions comes when one is first touched, or at once where an answer may be kept from before. */
export function questionsOf(page: Document, kept: boolean): void {
  const load = (then?: () => void) => void import('./quiz-question.ts').then((code) => { code.defineQuestions(); then?.(); }, () => undefined);
  const questions = page.querySelectorAll('quiz-question');
  if (kept && questions.length) load();
  for (const question of questions) {
    for (const touch of ['pointerover', 'focusin']) question.addEventListener(touch, () => load(), { once: true });
    question.addEventListener('click', ({ target }) => {
      // a press that came before the code is made again, once
      if (target instanceof HTMLElement && 'answer' in target.dataset && !customElements.get('quiz-question')) load(() => target.click());
    });
  }
}
