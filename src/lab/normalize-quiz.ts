import { AuthorError, type Problem } from './author-error.ts';
import { repeated } from './normalize.ts';
import type { Question, Quiz } from './quiz.ts';

const slug = /^[a-z][a-z0-9-]*$/;
/** From this many questions on, a right option that is always the longest gives itself away. */
const telling = 4;

const hasQuizShape = (value: unknown): value is Quiz =>
  typeof value === 'object' && value !== null && 'questions' in value && Array.isArray(value.questions)
  && (!('predictions' in value) || value.predictions === undefined || Array.isArray(value.predictions));

/** The questions that a page's `quiz.ts` exports, proven to be sound as data. Throws an AuthorError that names everything to be mended. */
export function normalizeQuiz(where: string, value: unknown): Quiz {
  if (!hasQuizShape(value)) {
    throw new AuthorError([{
      where, expected: 'questions (and predictions) as the default export', found: value === undefined ? 'no default export' : typeof value,
      mend: 'End quiz.ts with: export default { questions: […] } satisfies Quiz.',
    }]);
  }
  const all = [...value.questions, ...(value.predictions ?? [])];
  const problems = all.flatMap((question) => questionProblems(`${where}, question ${question.id}`, question));
  for (const twice of repeated(all.map(({ id }) => id))) {
    problems.push({ where, expected: 'question ids that differ', found: `"${twice}" twice`, mend: 'Rename one of the two.' });
  }
  const single = value.questions.filter(({ several }) => !several);
  if (single.length >= telling && single.every(longestIsRight)) {
    problems.push({ where, expected: 'right options of any length', found: 'the right one to be the longest in every question', mend: 'Make some wrong options longer, or right ones shorter.' });
  }
  if (problems.length > 0) throw new AuthorError(problems);
  return value;
}

const longestIsRight = ({ options }: Question): boolean => options.toSorted((a, b) => b.text.length - a.text.length)[0]?.right === true;

function questionProblems(where: string, { id, ask, several, options }: Question): Problem[] {
  const problems: Problem[] = [];
  const found = (expected: string, what: string, mend: string): void => void problems.push({ where, expected, found: what, mend });
  if (!slug.test(id)) found('an id of lower-case letters, digits and hyphens', `"${id}"`, 'Rename the question.');
  if (ask.trim() === '') found('a question', 'nothing', 'Ask it.');
  if (options.length < 2) found('two or more options', String(options.length), 'Add what a reader might believe.');
  for (const twice of repeated(options.map(({ text }) => text.trim()))) found('options that differ', `"${twice}" twice`, 'Reword or drop one of them.');
  for (const { text, because } of options) {
    if (because.trim() === '') found('an explanation of each option', `none for "${text}"`, 'Say why it is right, or what is wrong in it.');
  }
  for (const twice of repeated(options.map(({ because }) => because.trim()).filter((because) => because !== ''))) {
    found('an explanation of its own for each option', `"${twice}" twice`, 'Explain each option for itself.');
  }
  const right = options.filter((option) => option.right).length;
  if (several && (right < 2 || right === options.length)) found('several right options and a wrong one', `${right} of ${options.length} right`, 'Mark what is right, or drop `several`.');
  if (!several && right !== 1) found('exactly one right option', String(right), 'Mark the right one, or say `several: true`.');
  return problems;
}
