import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

test('what is remembered stands on the page about what stays in the browser', () => {
  const page = readFileSync(join(import.meta.dirname, '../pages/offline.astro'), 'utf8');
  const code = readdirSync(import.meta.dirname).filter((name) => /(?<!\.test)\.ts$/.test(name)).map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join('\n');
  const keys = new Set([...code.matchAll(/\bremember\('([^']+)'/g)].map(([, key]) => `bootable:${key}`));
  assert.ok(keys.has('bootable:theme'), 'the theme is remembered, and found here');
  assert.deepEqual([...keys].filter((key) => !page.includes(`<code>${key}</code>`)), []);
});
