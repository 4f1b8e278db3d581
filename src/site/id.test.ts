import { test } from 'node:test';
import assert from 'node:assert/strict';
import { idOf, orderOf } from './id.ts';

test('numeric prefixes give the order and are no part of ids', () => {
  assert.equal(idOf('020-syscalls/index.mdx'), 'syscalls');
  assert.equal(idOf('020-syscalls/030-tiny-reads/page.mdx'), 'syscalls/tiny-reads');
  assert.equal(idOf('/content/140-node/010-evidence/lab.ts'), 'node/evidence');
  assert.equal(orderOf('../../content/140-node/010-evidence/lab.ts'), '140-node/010-evidence');
});

test('a number inside a name stays', () => {
  assert.equal(idOf('030-boot/010-64-bit/page.mdx'), 'boot/64-bit');
});
