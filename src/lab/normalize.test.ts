import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuthorError } from './author-error.ts';
import type { Lab } from './lab.ts';
import { normalizeLab } from './normalize.ts';
import type { Step } from './step.ts';
import { pass } from './verdict.ts';

const step: Step = {
  id: 'release',
  title: 'The release',
  fields: [
    { kind: 'line', id: 'release', label: 'Release' },
    { kind: 'choice', id: 'kind', label: 'Kind', options: ['old', 'new'] },
  ],
  check: { probe: { kind: 'page' }, expect: () => pass([]) },
  hints: ['Ask the kernel.', 'A tool with a short name prints it.'],
  solution: { type: ['uname -r'], enter: { release: { run: 'uname -r' }, kind: 'new' } },
  wrong: [
    { name: 'empty', enter: { release: '' }, hint: 'Record' },
    { name: 'wrong', enter: { release: '5' }, hint: 'not the release' },
  ],
};
const lab: Lab = { title: 'A lab', minutes: 10, start: 'snapshot', steps: [step] };
const withStep = (change: Partial<Step>): Lab => ({ ...lab, steps: [{ ...step, ...change }] });

test('a sound lab comes back as it is', () => {
  assert.equal(normalizeLab('node/evidence', lab), lab);
});

const cases: [string, unknown, RegExp][] = [
  ['no default export', undefined, /^node\/evidence: expected a lab .* found no default export\. End lab\.ts with/],
  ['a string', 'lab', /found "lab"/],
  ['no title', { ...lab, title: ' ' }, /expected a title/],
  ['no minutes', { ...lab, minutes: Number.NaN }, /expected minutes from 1 to 240, found NaN/],
  ['no steps', { ...lab, steps: [] }, /at least one step/],
  ['a step id with a blank', withStep({ id: 'the release' }), /found "the release"/],
  ['a step twice', { ...lab, steps: [step, { ...step, fields: [] }] }, /"release" twice/],
  ['a field twice', { ...lab, steps: [step, { ...step, id: 'other' }] }, /field ids that differ.*"release" twice/],
  ['an empty label', withStep({ fields: [{ kind: 'line', id: 'release', label: '' }] }), /field release: expected a label/],
  ['equal options', withStep({ fields: [{ kind: 'choice', id: 'kind', label: 'Kind', options: ['a', 'a'] }] }), /different options/],
  ['one hint', withStep({ hints: ['Ask.'] }), /at least two hints, found 1/],
  ['an empty hint', withStep({ hints: ['Ask.', ' '] }), /hint 2: expected a sentence/],
  ['a hint with the solution', withStep({ hints: ['Ask.', 'Type uname -r now.'] }), /hint 2: expected no line of the solution, found "uname -r"/],
  ['one wrong attempt', withStep({ wrong: step.wrong.slice(1) }), /at least two wrong attempts, found 1/],
  ['a wrong attempt without a hint', withStep({ wrong: step.wrong.map((wrong) => ({ ...wrong, hint: '' })) }), /the hint it must get/],
  ['two wrong attempts with one hint', withStep({ wrong: step.wrong.map((wrong) => ({ ...wrong, hint: 'no' })) }), /a hint of its own/],
  ['an empty solution', withStep({ solution: {} }), /solution: expected lines to type/],
  ['two lines in one', withStep({ solution: { type: ['a\nb'] } }), /a line end inside/],
  ['an entry without a field', withStep({ solution: { enter: { relaese: 'x' } } }), /found "relaese"/],
  ['a choice that is none', withStep({ solution: { enter: { kind: 'odd' } } }), /an option of kind, found "odd"/],
];
for (const [name, bad, message] of cases) {
  test(`an author error: ${name}`, () => {
    assert.throws(() => normalizeLab('node/evidence', bad), (error) => {
      assert.ok(error instanceof AuthorError);
      assert.match(error.message, message);
      return true;
    });
  });
}

test('all problems are named at once', () => {
  assert.throws(() => normalizeLab('node/evidence', { ...withStep({ hints: [] }), title: '' }), (error) =>
    error instanceof AuthorError && error.problems.length === 2);
});
