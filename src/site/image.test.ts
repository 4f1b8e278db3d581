import { test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineData } from './image.ts';

async function withPublic(files: Record<string, string>, work: (root: string) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'public-'));
  try {
    for (const folder of ['image', 'snapshot']) await mkdir(join(root, folder));
    for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text);
    await work(root);
  } finally {
    await rm(root, { recursive: true });
  }
}

test('a missing product names the command that makes it', () =>
  withPublic({ 'image/manifest.json': '{"version":1}' }, (root) =>
    assert.rejects(machineData(root, '/'), /public\/snapshot\/snapshot\.json, which can not be read: `npm start`/)));

test('a product of another version is refused', () =>
  withPublic({ 'image/manifest.json': '{"version":2}', 'snapshot/snapshot.json': '{"version":1}' }, (root) =>
    assert.rejects(machineData(root, '/'), /manifest\.json is not of version 1.*`npm run image`/)));

test('both products and the base path make the page\'s machine', () =>
  withPublic({ 'image/manifest.json': '{"version":1,"kernel":"k"}', 'snapshot/snapshot.json': '{"version":1}' }, async (root) => {
    const data = await machineData(root, '/course/');
    assert.deepEqual([data.manifest.kernel, data.base], ['k', '/course/']);
  }));
