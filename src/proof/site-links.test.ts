import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemSentence } from '../lab/author-error.ts';
import { siteProblems } from './site-links.ts';

const found = (body: string, base = '/'): string[] =>
  siteProblems({ files: new Set(['index.html', 'node/index.html', 'lab.png']), pages: new Map([['index.html', body], ['node/index.html', '<h2 id="what-runs">x</h2>']]), base }).map(problemSentence);

test('what is there and described is fine', () => {
  assert.deepEqual(found('<p id="here"><a href="/node/#what-runs">a</a><a href="node/">b</a><a href="#here">c</a><a href="https://x.org">d</a><img src="lab.png" alt="A lab">'
    + '<svg role="img"><title>T</title><desc>D</desc></svg><svg aria-hidden="true"></svg><img src="lab.png" alt="" role="presentation"></p>'), []);
  assert.deepEqual(found('<a href="/course/node/">a</a>', '/course/'), []);
});

test('each fault is named', () => {
  const cases: [string, RegExp][] = [
    ['<a href="/nodes/">a</a>', /^index\.html, <a href="\/nodes\/">: expected a file of the site, found no nodes\/index\.html\. Correct the address/],
    ['<a href="/node/#what">a</a>', /expected an element with id="what" in node\/index\.html, found none/],
    ['<a href="#gone">a</a>', /expected an element with id="gone" in index\.html/],
    ['<a href="http://x.org">a</a>', /links elsewhere to be https, found http:/],
    ['<p id="a"></p><p id="a"></p>', /expected ids that differ, found id="a" twice/],
    ['<img src="gone.png" alt="x">', /no gone\.png/],
    ['<img src="lab.png">', /a description in alt, found none/],
    ['<img src="lab.png" alt=" ">', /found an empty one/],
    ['<img alt="x">', /an image with a source/],
    ['<svg role="img"><title>T</title></svg>', /<svg>: expected role="img", a title and a desc, found no desc\. Describe/],
    ['<script src="/x.js"></script>', /no x\.js/],
  ];
  for (const [body, pattern] of cases) {
    const sentences = found(body);
    assert.equal(sentences.length, 1, sentences.join('\n'));
    assert.match(sentences[0] ?? '', pattern);
  }
  assert.match(found('<a href="/node/">a</a>', '/course/')[0] ?? '', /a path under \/course\/, found \/node\//);
});
