import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressWords, nearPages } from './near-pages.ts';

const pages = (base = '/') => [
  { href: `${base}boot/`, title: 'Boot' },
  { href: `${base}boot/slow/`, title: 'Slow boot' },
  { href: `${base}boot/kaslr/`, title: 'KASLR over three boots' },
  { href: `${base}system-calls/follow-ls/`, title: 'Follow ls' },
  { href: `${base}glossary/`, title: 'Glossary' },
];
const near = (path: string, base = '/'): string[] => nearPages(path, pages(base), base).map(({ href }) => href);

test('an address is read as words, whatever stands between them', () => {
  assert.deepEqual(addressWords('/boot/Slow_boot.html'), ['boot', 'slow', 'boot']);
  assert.deepEqual(addressWords('/system%20calls/%zz'), ['system', '20calls', 'zz']);
  assert.deepEqual(addressWords('/404.html'), []);
});

test('moved, shortened and mistyped addresses find their page', () => {
  assert.equal(near('/slow-boot/')[0], '/boot/slow/');
  assert.equal(near('/030-boot/kaslr')[0], '/boot/kaslr/');
  assert.equal(near('/systemcalls/folow-ls/')[0], '/system-calls/follow-ls/');
  assert.equal(near('/glosary/')[0], '/glossary/');
  assert.equal(near('/glsosary/')[0], '/glossary/');
});

test('what shares nothing is not suggested, and the path of the site is no word', () => {
  assert.deepEqual(near('/wp-login.php'), []);
  assert.deepEqual(near('/course/xyzzy/', '/course/'), []);
  assert.equal(near('/course/slow/', '/course/')[0], '/course/boot/slow/');
});
