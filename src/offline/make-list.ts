import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIST, type SiteFile, type SiteList } from './site-list.ts';

const DISK = 'offline-disk.json';
/** Written by the snapshot's build: the chunks that a start reads, as paths below `image/`. */
const PIECES = 'snapshot/pieces.json';
/** What no page asks for: the lists, the worker (which the browser keeps by itself), and words for the host. */
const LEFT_OUT: ReadonlySet<string> = new Set([LIST, DISK, PIECES, 'sw.js', '_headers']);

/**
 * Lists a built site in its own folder, as the last step of a build: `offline.json`, and the list of the disk's chunks. Those that a start
 * reads belong to the machine: it starts without the others. Throws when a file of the machine does not carry its hash in its name: of two
 * versions side by side a page could get the wrong one.
 */
export function writeSiteList(root: string): SiteList {
  const names = globSync('**/*', { cwd: root }).map((name) => name.replaceAll('\\', '/')).filter((name) => !LEFT_OUT.has(name) && statSync(join(root, name)).isFile()).sort();
  const files = names.map((name) => describe(root, name));
  const pieces = JSON.parse(readFileSync(join(root, PIECES), 'utf8')) as string[];
  const toStart = new Set(pieces.map((path) => `image/${path}`));
  const chunk = ({ path }: SiteFile): boolean => path.startsWith('image/chunks/');
  const disk = files.filter((file) => chunk(file) && !toStart.has(file.path));
  const machine = files.filter(({ path }) => toStart.has(path) || /^(image\/[^/]+\.(idx|bin)|snapshot\/[^/]+\.(zst|z))$/.test(path));
  for (const { path, hash } of machine.filter((file) => !chunk(file))) // theirs is that of the content before it was packed
    if (!path.includes(hash.slice(0, 16))) throw new Error(`${path} does not carry its hash (${hash}) in its name: name it so, or delete the file and build it anew.`);
  writeFileSync(join(root, DISK), JSON.stringify(disk));
  const rest = {
    version: 1 as const,
    pages: files.filter((file) => !disk.includes(file) && !machine.includes(file)),
    machine,
    disk: { list: describe(root, DISK), files: disk.length, bytes: disk.reduce((sum, { bytes }) => sum + bytes, 0) },
  };
  const list = { id: hashOf(JSON.stringify(rest)), ...rest };
  writeFileSync(join(root, LIST), JSON.stringify(list));
  return list;
}

function describe(root: string, name: string): SiteFile {
  const content = readFileSync(join(root, name));
  return { path: name.replace(/(^|\/)index\.html$/, '$1'), bytes: content.length, hash: hashOf(content) };
}

const hashOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex').slice(0, 32);
