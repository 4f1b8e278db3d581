import { isDue } from '../progress/questions.ts';
import { pageProgress } from './page-progress.ts';
import { part } from './part.ts';

/** Shows which of the course's questions were answered wrong. One that is made good meanwhile stays until the page is opened anew. */
export function showDue(): void {
  const { document: progress } = pageProgress();
  const due = [...document.querySelectorAll<HTMLElement>('[data-asked]')].filter((asked) => {
    const question = asked.querySelector<HTMLElement>('quiz-question');
    return isDue(progress.get(), question?.dataset['page'] ?? '', question?.dataset['question'] ?? '');
  });
  for (const asked of due) asked.dataset['asked'] = 'again';
  part(document.body, 'none').hidden = due.length > 0;
}
