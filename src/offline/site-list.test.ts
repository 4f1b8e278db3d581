import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFiles, readSiteList } from './site-list.ts';

const hash = 'a'.repeat(32);
const file = { path: 'kernel/', bytes: 3, hash };
const list = { version: 1, id: hash, pages: [file], machine: [], disk: { list: file, files: 0, bytes: 0 } };

test('a list is read as it was written', () => assert.deepEqual(readSiteList(JSON.stringify(list)), list));

for (const [name, text] of Object.entries({
  'no JSON': '<!doctype html>', 'nothing': '', 'null': 'null', 'another version': JSON.stringify({ ...list, version: 2 }),
  'half a list': JSON.stringify({ ...list, disk: undefined }), 'a size below zero': JSON.stringify({ ...list, pages: [{ ...file, bytes: -1 }] }),
  'a short hash': JSON.stringify({ ...list, machine: [{ ...file, hash: 'abc' }] }),
}))
  test(`${name} is no list`, () => assert.throws(() => readSiteList(text), { kind: 'no-list' }));

test('a file lies below the base, whatever the list says', () => {
  for (const path of ['/etc', '../x', 'a/../../x', 'https://elsewhere.example/', 'data:x', 'a?b', '\\\\host'])
    assert.throws(() => readFiles(JSON.stringify([{ ...file, path }])), { kind: 'no-list' }, path);
  assert.equal(readFiles(JSON.stringify([{ ...file, path: '_astro/lab.x..js' }])).length, 1);
});
