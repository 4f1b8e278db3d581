import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemSentence } from '../lab/author-error.ts';
import { coverageProblems, coverageReport } from './coverage.ts';

const page = (...ids: string[]) => ({ file: 'content/a/index.mdx', text: `---\ntitle: A\ncovers: [${ids.join(', ')}]\n---\nwords` });
const syllabus = { S0: ['S0-T1', 'S0-T2', 'S0-T3', 'S0-Q8'], S1: ['S1-T1'] };

test('the report says what is not taught yet', () => {
  assert.deepEqual(coverageReport([page('S0-T2'), page('S1-T1')], syllabus), ['S0: 1 of 4 taught; not yet T1 T3 Q8', 'S1: 1 of 1 taught']);
  assert.deepEqual(coverageReport([page()], syllabus)[0], 'S0: 0 of 4 taught; not yet T1–T3 Q8');
});

test('an id that is none, and one that stands twice, are named', () => {
  assert.deepEqual(coverageProblems([page('S0-T1', 'S0-T9', 'S0-T1')], syllabus).map(problemSentence), [
    'content/a/index.mdx, covers: expected ids of content/coverage.json, found S0-T9. Correct the id, or take it out.',
    'content/a/index.mdx, covers: expected each id once, found S0-T1 twice. Take one of the two out.',
  ]);
  assert.deepEqual(coverageProblems([{ file: 'x.mdx', text: 'words' }], syllabus).map(problemSentence), [
    'x.mdx: expected a list "covers" in its front matter, found none. Write covers: [S0-T1, …] with ids of content/coverage.json, or [] where there are none.',
  ]);
  assert.throws(() => coverageReport([{ file: 'x.mdx', text: 'words' }], syllabus), /x\.mdx has no list "covers"/);
});
