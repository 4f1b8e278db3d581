import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { BLOCK, chunkPath, encodeDiskIndex, type DiskChunk } from '../machine/disk-index.ts';
import { cut } from './cut.ts';
import { recipeHash } from './recipe.ts';
import { sourcesPage } from './sources.ts';

const compress = promisify(zstdCompress);
/** 19 is the last level whose gain is worth its time at this size; larger ones want more memory to undo. */
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 19, [constants.ZSTD_c_contentSizeFlag]: 1 } };
const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

/**
 * Turns what build.sh left in `work` into `folder` (public/image): chunks by hash, index, firmware, manifest,
 * SOURCES.md, the kernel's config. Chunks that are already there are left alone, others are removed.
 */
export async function publish(work: string, folder: string, log: (line: string) => void): Promise<void> {
  mkdirSync(join(folder, 'chunks'), { recursive: true });
  const disk = new Uint8Array(readFileSync(join(work, 'disk.img')));
  const wanted = new Set<string>();
  const chunks: DiskChunk[] = [];
  let compressed = 0;
  let jobs: Promise<void>[] = [];
  for (const { start, blocks, hole } of cut(disk)) {
    if (hole) {
      chunks.push({ hash: '', blocks });
      continue;
    }
    const content = disk.subarray(start * BLOCK, (start + blocks) * BLOCK);
    const hash = sha256(content).slice(0, 32);
    chunks.push({ hash, blocks });
    if (wanted.has(hash)) continue;
    wanted.add(hash);
    jobs.push(writeChunk(join(folder, chunkPath(hash)), content).then((bytes) => { compressed += bytes; }));
    if (jobs.length >= 64) jobs = (await Promise.all(jobs), []);
  }
  await Promise.all(jobs);
  for (const path of readdirSync(join(folder, 'chunks'), { recursive: true, encoding: 'utf8' }))
    if (!wanted.has(basename(path, '.zst')) && /\.[a-z]+$/.test(path)) rmSync(join(folder, 'chunks', path));

  for (const name of readdirSync(folder)) if (/\.(idx|bin)$/.test(name)) rmSync(join(folder, name));
  const release = readFileSync(join(work, 'release'), 'utf8').trim();
  const table = readFileSync(join(work, 'packages.tsv'), 'utf8');
  const manifest = {
    version: 1,
    recipe: recipeHash(),
    kernel: release,
    disk: { ...named(folder, 'disk', 'idx', encodeDiskIndex(chunks)), bytes: disk.length, chunks: wanted.size, compressed },
    bios: named(folder, 'bios', 'bin', readFileSync(join(work, 'bios/bios.bin'))),
    vgabios: named(folder, 'vgabios', 'bin', readFileSync(join(work, 'bios/vgabios-stdvga.bin'))),
    packages: table.trim().split('\n').length,
    layout: layout(readFileSync(join(work, 'layout.tsv'), 'utf8')),
  };
  const { file: index, ...diskRest } = manifest.disk;
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify({ ...manifest, disk: { index, ...diskRest } }, null, 2)}\n`);
  writeFileSync(join(folder, 'SOURCES.md'), sourcesPage(release, table));
  writeFileSync(join(folder, 'kernel.config'), readFileSync(join(work, 'kernel.config')));
  log(`${wanted.size} chunks, ${(compressed / 2 ** 20).toFixed(1)} MiB compressed, ${chunks.length} entries in the index`);
}

/** `symbol<tab>NAME<tab>HEX` (address as linked) and `task<tab>FIELD<tab>OFFSET` (bytes in struct task_struct), a line each. */
function layout(table: string): { symbols: Record<string, string>; task: Record<string, number> } {
  const rows = table.trim().split('\n').map((line) => line.split('\t') as [string, string, string]);
  return {
    symbols: Object.fromEntries(rows.filter(([kind]) => kind === 'symbol').map(([, name, address]) => [name, address])),
    task: Object.fromEntries(rows.filter(([kind]) => kind === 'task').map(([, field, offset]) => [field, Number(offset)])),
  };
}

function named(folder: string, stem: string, extension: string, data: Uint8Array): { file: string; sha256: string } {
  const hash = sha256(data);
  const file = `${stem}-${hash.slice(0, 16)}.${extension}`;
  writeFileSync(join(folder, file), data);
  return { file, sha256: hash };
}

async function writeChunk(path: string, content: Uint8Array): Promise<number> {
  if (existsSync(path)) return readFileSync(path).length;
  const packed = await compress(content, LEVEL);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, packed);
  return packed.length;
}
