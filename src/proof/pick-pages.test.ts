import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseShard, pickPages } from './pick-pages.ts';

const pages = ['boot', 'boot/reading', 'boot/panic', 'node'].map((id) => ({ id, file: `content/010-${id}/page.mdx` }));
const ids = (pick: Parameters<typeof pickPages>[1]): string[] => pickPages(pages, pick).map(({ id }) => id);

test('all pages, those of a folder, or a share', () => {
  assert.deepEqual(ids({ folders: [] }), ['boot', 'boot/reading', 'boot/panic', 'node']);
  assert.deepEqual(ids({ folders: ['boot/panic', 'node'] }), ['boot/panic', 'node']);
  assert.deepEqual(ids({ folders: ['boot/'] }), ['boot', 'boot/reading', 'boot/panic']);
  assert.deepEqual(ids({ folders: ['content/010-node'] }), ['node']);
  assert.deepEqual(ids({ folders: [], shard: parseShard('2/2') }), ['boot/reading', 'node']);
});

test('a name or a share that is none is refused', () => {
  assert.throws(() => ids({ folders: ['boto'] }), /No page is named by "boto"\. There are: boot, /);
  for (const text of ['0/2', '3/2', '2', 'a/b']) assert.throws(() => parseShard(text), /--shard takes a share/);
});
