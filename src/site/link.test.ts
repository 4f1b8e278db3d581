import { test } from 'node:test';
import assert from 'node:assert/strict';
import { link } from './link.ts';

test('a link stands under the base path, however that is written', () => {
  assert.equal(link('/', '/'), '/');
  assert.equal(link('/syscalls/', '/'), '/syscalls/');
  assert.equal(link('/', '/course'), '/course/');
  assert.equal(link('/image/manifest.json', '/course/'), '/course/image/manifest.json');
});
