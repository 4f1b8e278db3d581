import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemSentence } from '../lab/author-error.ts';
import { htmlProblems } from './valid-html.ts';

const found = (body: string): string[] =>
  htmlProblems(new Map([['node/index.html', `<!DOCTYPE html><html lang="en"><head><title>Node</title></head><body>${body}</body></html>`]])).map(problemSentence);

test('a sound page is fine, with elements of our own and answers that share a name', () => {
  assert.deepEqual(found('<quiz-question><input type="checkbox" name="a" value="0" aria-label="x"> <input type="checkbox" name="a" value="1" aria-label="y"></quiz-question>'), []);
});

test('what the standard forbids is told with its place', () => {
  assert.match(found('<ul><p>a</p></ul>')[0] ?? '', /^node\/index\.html:1:\d+: expected valid HTML, found <p> element is not permitted as content under <ul> \(element-permitted-content\)\. Correct/);
  assert.match(found('<p><div>a</div></p>').join(), /no-implicit-close/);
  assert.match(found('<a href="/"><button type="button">a</button></a>').join(), /not permitted as a descendant of <a>/);
});
