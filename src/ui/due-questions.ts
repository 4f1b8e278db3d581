import { Progress } from '../progress/progress.ts';
import { isDue } from '../progress/questions.ts';
import { part } from './part.ts';
import { pageStorage } from './storage.ts';

/** Shows which of the course's questions were answered wrong. One that is made good meanwhile stays until the page is opened anew. */
export function showDue(): void {
  const { document: progress } = new Progress({ storage: pageStorage(), now: Date.now });
  const due = [...document.querySelectorAll<HTMLElement>('[data-asked]')].filter((asked) => {
    const question = asked.querySelector<HTMLElement>('quiz-question');
    return isDue(progress.get(), question?.dataset['page'] ?? '', question?.dataset['question'] ?? '');
  });
  for (const asked of due) asked.dataset['asked'] = 'again';
  part(document.body, 'none').hidden = due.length > 0;
}
