import { AuthorError, type Problem } from './author-error.ts';
import { repeated, slug } from './normalize.ts';
import type { Question, Quiz } from './quiz.ts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const hasQuestionShape = (value: unknown): boolean =>
  isObject(value) && typeof value['id'] === 'string' && typeof value['ask'] === 'string' && Array.isArray(value['options'])
  && value['options'].every((option) => isObject(option) && typeof option['text'] === 'string' && typeof option['because'] === 'string');

/** Whether it has a quiz's outline; the rest is the compiler's to check, where the quiz is written. */
const hasQuizShape = (value: unknown): value is Quiz =>
  isObject(value) && [value['questions'], value['predictions'] ?? []].every((list) => Array.isArray(list) && list.every(hasQuestionShape));

/** Two texts that a reader takes for the same. */
const plain = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

function questionProblems(where: string, { id, ask, scene, several, options }: Question): Problem[] {
  const problems: Problem[] = [];
  const found = (expected: string, what: string, mend: string) => problems.push({ where, expected, found: what, mend });

  if (!slug.test(id)) found('an id of lower-case letters, digits and hyphens', `"${id}"`, 'Rename the question.');
  if (ask.trim() === '') found('a question in `ask`', 'an empty text', 'Write what the reader is asked.');
  if (scene?.trim() === '') found('a situation in `scene`', 'an empty text', 'Write it, or leave `scene` out.');

  if (options.length < 2) found('at least two options', String(options.length), 'Add what a reader could take for the answer.');
  options.forEach(({ text, because }, index) => {
    if (text.trim() === '') found('options with a text', `nothing in option ${index + 1}`, 'Write it, or take the option out.');
    if (because.trim() === '') {
      found('an explanation of each option', `none for option ${index + 1}`, 'Say in `because` why it is right, or what is wrong in it.');
    }
  });
  for (const twice of repeated(options.map(({ text }) => plain(text)).filter((text) => text !== ''))) {
    found('options that differ', `"${twice}" twice`, 'Rewrite one of the two options.');
  }
  for (const twice of repeated(options.map(({ because }) => plain(because)).filter((because) => because !== ''))) {
    found('an explanation of its own for each option', `"${twice}" twice`, 'Say what is particular to each of the two.');
  }

  const right = options.filter((option) => option.right).length;
  if (several) {
    if (right < 2) found('at least two right options where `several` is set', String(right), 'Mark the other right ones, or take `several` out.');
    if (right === options.length) found('at least one wrong option', 'none', 'Add what a reader could take for right.');
  } else if (right !== 1) {
    found('exactly one right option', String(right), right === 0 ? 'Mark it with right: true.' : 'Mark one only, or set several: true.');
  }
  return problems;
}

/** From this many questions on, a reader would notice that the longest option is always the right one. */
const telling = 4;

const longestIsRight = ({ options }: Question): boolean => {
  const right = options.find((option) => option.right)?.text.length ?? 0;
  return options.every((option) => option.right || option.text.length < right);
};

function quizProblems(where: string, { questions, predictions = [] }: Quiz): Problem[] {
  const all = [...questions, ...predictions];
  const problems: Problem[] = [];
  if (all.length === 0) {
    problems.push({ where, expected: 'at least one question or prediction', found: 'none', mend: 'Write one, or remove the file.' });
  }
  for (const twice of repeated(all.map(({ id }) => id))) {
    problems.push({ where, expected: 'ids that differ in the whole file', found: `"${twice}" twice`, mend: 'Rename one of the two.' });
  }
  const single = all.filter((question) => question.options.filter((option) => option.right).length === 1);
  if (single.length >= telling && single.every(longestIsRight)) {
    problems.push({
      where,
      expected: 'a right option that its length does not give away',
      found: `the longest option right in all ${single.length} questions`,
      mend: 'Shorten some right options to the answer and leave the reason to `because`, or say more in a wrong one.',
    });
  }
  return [...problems, ...all.flatMap((question) => questionProblems(`${where}, question ${question.id}`, question))];
}

/**
 * What a page's `quiz.ts` exports, proven to be sound as data. `where` is the page's path without numbers: `node/evidence`.
 * Throws an AuthorError that names everything to be mended.
 */
export function normalizeQuiz(where: string, value: unknown): Quiz {
  const at = `${where}, quiz.ts`;
  if (!hasQuizShape(value)) {
    throw new AuthorError([{
      where: at,
      expected: 'a quiz (questions, each with id, ask and options of text and because) as the default export',
      found: value === undefined ? 'no default export' : JSON.stringify(value)?.slice(0, 60) ?? typeof value,
      mend: 'End quiz.ts with: export default { … } satisfies Quiz.',
    }]);
  }
  const problems = quizProblems(at, value);
  if (problems.length > 0) throw new AuthorError(problems);
  return value;
}
