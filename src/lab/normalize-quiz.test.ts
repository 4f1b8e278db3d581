import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuthorError } from './author-error.ts';
import { normalizeQuiz } from './normalize-quiz.ts';
import type { Option, Question, Quiz } from './quiz.ts';

const yes: Option = { text: 'Yes', right: true, because: 'It answers.' };
const no: Option = { text: 'No', because: 'It was asked.' };
const maybe: Option = { text: 'Maybe', because: 'It cannot.' };
const question: Question = { id: 'answers', ask: 'Does it answer?', options: [yes, no] };
const quiz: Quiz = { questions: [question], predictions: [{ ...question, id: 'before' }] };
const having = (change: Partial<Question>): Quiz => ({ questions: [{ ...question, ...change }] });
const withOptions = (...options: Option[]): Quiz => having({ options });

test('a sound quiz comes back as it is', () => {
  assert.equal(normalizeQuiz('node', quiz), quiz);
  normalizeQuiz('node', having({ several: true, options: [yes, { ...maybe, right: true }, no] }));
  normalizeQuiz('node', { questions: [], predictions: [question] });
});

const cases: [string, unknown, RegExp][] = [
  ['no default export', undefined, /^node, quiz\.ts: expected a quiz .* found no default export\. End quiz\.ts with/],
  ['an option without an explanation', { questions: [{ ...question, options: [{ text: 'Yes' }] }] }, /expected a quiz .* and because/],
  ['nothing in it', { questions: [] }, /at least one question or prediction, found none/],
  ['an id with a blank', having({ id: 'the answer' }), /question the answer: expected an id .* found "the answer"/],
  ['an id twice', { ...quiz, predictions: [question] }, /ids that differ in the whole file, found "answers" twice/],
  ['nothing asked', having({ ask: ' ' }), /a question in `ask`/],
  ['an empty scene', having({ scene: '' }), /a situation in `scene`/],
  ['one option', withOptions(yes), /at least two options, found 1/],
  ['an empty option', withOptions(yes, { ...no, text: '' }), /found nothing in option 2/],
  ['an empty explanation', withOptions(yes, { ...no, because: ' ' }), /an explanation of each option, found none for option 2/],
  ['equal options', withOptions(yes, { ...no, text: 'yes ' }), /options that differ, found "yes" twice/],
  ['equal explanations', withOptions(yes, no, { ...maybe, because: no.because }), /an explanation of its own .* found "it was asked\." twice/],
  ['none right', withOptions(no, maybe), /exactly one right option, found 0\. Mark it/],
  ['two right', withOptions(yes, { ...no, right: true }), /exactly one right option, found 2\. Mark one only/],
  ['several, of which one is right', having({ several: true }), /at least two right options .* found 1/],
  ['several, of which none is wrong', having({ several: true, options: [yes, { ...no, right: true }] }), /at least one wrong option/],
];
for (const [name, bad, message] of cases) {
  test(`an author error: ${name}`, () => {
    assert.throws(() => normalizeQuiz('node', bad), (error) => {
      assert.ok(error instanceof AuthorError);
      assert.equal(error.problems.length, 1, error.message);
      assert.match(error.message, message);
      return true;
    });
  });
}

test('the longest option may be the right one, but not in every question of four', () => {
  const four = ['a', 'b', 'c', 'd'].map((id): Question => ({ ...question, id }));
  assert.throws(() => normalizeQuiz('node', { questions: four }), /found the longest option right in all 4 questions/);
  normalizeQuiz('node', { questions: four.slice(1) });
  normalizeQuiz('node', { questions: [...four.slice(1), { ...question, options: [yes, maybe] }] });
  normalizeQuiz('node', { questions: [...four.slice(1), { ...question, options: [yes, { ...no, text: 'Not' }] }] });
});

test('all problems are named at once', () => {
  assert.throws(() => normalizeQuiz('node', having({ ask: '', options: [no] })), (error) =>
    error instanceof AuthorError && error.problems.length === 3);
});
