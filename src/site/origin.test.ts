import assert from 'node:assert/strict';
import { test } from 'node:test';
import { siteOrigin } from './origin.ts';

test('an origin is one with or without its slash, and none is none', () => {
  assert.equal(siteOrigin('https://example.org'), 'https://example.org');
  assert.equal(siteOrigin('http://localhost:4321/'), 'http://localhost:4321');
  assert.equal(siteOrigin(undefined), undefined);
  assert.equal(siteOrigin(''), undefined);
});

test('what is no origin is refused with the remedy', () => {
  assert.throws(() => siteOrigin('example.org'), /SITE is "example\.org".*SITE=https:\/\/example\.org\.$/);
  assert.throws(() => siteOrigin('ftp://example.org'), /must be an origin/);
  assert.throws(() => siteOrigin('https://example.org/course'), /write SITE=https:\/\/example\.org, and the path into BASE/);
});
