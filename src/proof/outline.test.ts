import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { problemSentence } from '../lab/author-error.ts';
import { outlineProblems } from './outline.ts';

const lab = { id: 'syscalls/nice', file: 'content/020-syscalls/010-nice/page.mdx', kind: 'lab' } as const;

test('a lab whose module has a page is found by readers', () => {
  deepEqual(outlineProblems([{ id: 'syscalls', file: 'content/020-syscalls/index.mdx', kind: 'module' }, lab]), []);
});

test('a lab whose module has no page is refused, with the file to write', () => {
  const [problem, ...more] = outlineProblems([{ id: 'node', file: 'content/140-node/index.mdx', kind: 'module' }, lab]);
  deepEqual(more, []);
  equal(problem && problemSentence(problem), `${lab.file}: expected the page of its module, content/020-syscalls/index.mdx, found none. Write it, with title, summary and covers in its front matter: a lab is listed under its module.`);
});
