import { normalizeQuiz } from '../lab/normalize-quiz.ts';
import type { Quiz } from '../lab/quiz.ts';
import { idOf } from './id.ts';

const files = import.meta.glob<unknown>(['../../content/*/quiz.ts', '../../content/*/*/quiz.ts'], { eager: true, import: 'default' });

/** The questions of a page, `node` or `node/evidence`; none where it has no quiz.ts. Throws an AuthorError when they are not sound. */
export function quizOf(page: string): Quiz {
  const found = Object.entries(files).find(([path]) => idOf(path) === page);
  return found ? normalizeQuiz(`${page}, quiz.ts`, found[1]) : { questions: [] };
}
