import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { writeSiteList } from './make-list.ts';
import { readFiles, readSiteList } from './site-list.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
const CHUNK = `image/chunks/ab/${'ab'.repeat(16)}.zst`;
const FIRST = 'chunks/cd/first.zst'; // the piece of the disk that a start reads
const built = { 'index.html': 'front', 'kernel/index.html': 'kernel', '404.html': 'none', '_astro/x.js': 'x', 'sw.js': 'worker', '_headers': '/*',
  'image/SOURCES.md': 'sources', [`snapshot/${hashOf('state')}.zst`]: 'state', [CHUNK]: 'chunk',
  'snapshot/pieces.json': JSON.stringify([FIRST]), [`image/${FIRST}`]: 'first' };

async function withSite(files: Record<string, string>, work: (root: string) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'site-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), text);
    }
    await work(root);
  } finally {
    await rm(root, { recursive: true });
  }
}

test('every file that a page may ask for is listed, by the address readers use', () =>
  withSite(built, async (root) => {
    const list = writeSiteList(root);
    assert.deepEqual(list.pages.map(({ path }) => path), ['404.html', '_astro/x.js', 'image/SOURCES.md', '', 'kernel/']);
    assert.deepEqual(list.machine, [
      { path: `image/${FIRST}`, bytes: 5, hash: hashOf('first') }, { path: `snapshot/${hashOf('state')}.zst`, bytes: 5, hash: hashOf('state') },
    ]);
    assert.deepEqual([list.disk.files, list.disk.bytes], [1, 5]);
    assert.deepEqual(readSiteList(await readFile(join(root, 'offline.json'), 'utf8')), list);
    const table = await readFile(join(root, list.disk.list.path), 'utf8');
    assert.equal(list.disk.list.hash, hashOf(table));
    assert.deepEqual(readFiles(table), [{ path: CHUNK, bytes: 5, hash: hashOf('chunk') }]);
  }));

test('the id is that of the content: the same for the same files, another when one differs', () =>
  withSite(built, async (root) => {
    const { id } = writeSiteList(root);
    assert.equal(writeSiteList(root).id, id);
    await writeFile(join(root, 'sw.js'), 'another worker');
    assert.equal(writeSiteList(root).id, id);
    await writeFile(join(root, CHUNK), 'packed otherwise');
    assert.notEqual(writeSiteList(root).id, id);
  }));

test('a file of the machine that does not carry its hash could be mistaken for another version, and ends the build', () =>
  withSite({ ...built, 'snapshot/state.zst': 'state' }, async (root) =>
    assert.throws(() => writeSiteList(root), /snapshot\/state\.zst does not carry its hash/)));
