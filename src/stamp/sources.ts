import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** What a file of ours imports by a relative path: `from './x.ts'`, `import './x.ts'`. */
const relative = /(?:from|import)\s+['"](\.[^'"]+)['"]/g;

/**
 * The files, from the project's root, that make a page what it is: its folder (a lab's with all below it; a module's without its
 * labs), and what their code imports from elsewhere, and that in turn. Sorted.
 */
export function pageSources(root: string, page: string): string[] {
  const folder = dirname(page);
  const deep = page.endsWith('page.mdx');
  const found = new Set<string>();
  const add = (file: string, by: string): void => {
    if (found.has(file)) return;
    if (!existsSync(join(root, file))) throw new Error(`${by}: expected imports of files that are there, with their ending, found "${file}". Write the path from the file that imports, as in '../../../src/lab/step.ts'.`);
    found.add(file);
    if (!/\.(ts|mdx)$/.test(file)) return;
    for (const [, to = ''] of readFileSync(join(root, file), 'utf8').matchAll(relative)) add(slashes(normalize(join(dirname(file), to))), file);
  };
  for (const entry of readdirSync(join(root, folder), { recursive: deep, withFileTypes: true })) {
    if (entry.isFile()) add(slashes(join(deep ? entry.parentPath.slice(join(root).length).replace(/^[\\/]/, '') : folder, entry.name)), page);
  }
  return [...found].sort();
}

/** SHA-256 over names and bytes, in hexadecimal; text with Windows line ends counts as the same text. */
export function sourcesHash(root: string, files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, file), 'latin1').replaceAll('\r\n', '\n'), 'latin1').update('\0');
  return hash.digest('hex');
}

const slashes = (path: string): string => path.replaceAll('\\', '/');
