import { createHash } from 'node:crypto';
import { globSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { writeSiteList } from '../src/offline/make-list.ts';

const TEXT = /\.(html|js|css)$/;
const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/**
 * A site as it would be after another build, in `folder`: every page has another title, every script and style another name, the machine
 * another snapshot (the same state, packed again). Only the chunks of the disk are the same. Gives what an open page of the old version could ask for and this site does not have.
 */
export function anotherVersion(dist: string, folder: string): { readonly gone: readonly string[] } {
  rmSync(folder, { recursive: true, force: true });
  const names = globSync('**/*', { cwd: dist }).filter((name) => statSync(join(dist, name)).isFile());
  const machine = JSON.parse(readFileSync(join(dist, 'snapshot/snapshot.json'), 'utf8')) as { file: string; bytes: number; sha256: string };
  const packed = zstdCompressSync(zstdDecompressSync(readFileSync(join(dist, 'snapshot', machine.file))));
  const snapshot = `${hashOf(packed).slice(0, 32)}.zst`;
  const renamed: [string, string][] = [
    ...names.filter((name) => name.startsWith('_astro/')).map((name): [string, string] => [name.slice('_astro/'.length), name.slice('_astro/'.length).replace(/\.(\w+)$/, '-anew.$1')]),
    [machine.file, snapshot], [`;bytes&quot;:${machine.bytes}`, `;bytes&quot;:${packed.length}`], [machine.sha256, hashOf(packed)],
  ];
  const anew = (text: string): string => renamed.reduce((all, [from, to]) => all.replaceAll(from, to), text);
  for (const name of names) {
    const target = join(folder, anew(name));
    mkdirSync(dirname(target), { recursive: true });
    if (TEXT.test(name)) writeFileSync(target, anew(readFileSync(join(dist, name), 'utf8')).replace('<title>', '<title>Anew: '));
    else if (name === `snapshot/${machine.file}`) writeFileSync(target, packed);
    else linkSync(join(dist, name), target);
  }
  writeFileSync(join(folder, 'sw.js'), `${readFileSync(join(folder, 'sw.js'), 'utf8')}\n// Built anew.\n`);
  for (const list of ['offline.json', 'offline-disk.json']) rmSync(join(folder, list)); // they may be links
  writeSiteList(folder);
  return { gone: [`/snapshot/${machine.file}`, ...names.filter((name) => name.startsWith('_astro/')).map((name) => `/${name}`)] };
}
