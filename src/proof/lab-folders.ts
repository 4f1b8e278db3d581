import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Lab } from '../lab/lab.ts';
import { normalizeLab } from '../lab/normalize.ts';

const content = join(import.meta.dirname, '../../content');

export interface LabFolder {
  /** `node/evidence`, as in the URL. */
  readonly id: string;
  /** Throws an AuthorError when the lab is not sound. */
  load(): Promise<Lab>;
  /** The ids of `<Step id="…">` in page.mdx, in order. */
  pageSteps(): string[];
}

/** Every lab of the course, in its order, by being there. */
export const labFolders = (): LabFolder[] => globSync('*/*/lab.ts', { cwd: content }).sort().map((path) => {
  const id = dirname(path).split(/[\\/]/).map((folder) => folder.replace(/^\d+-/, '')).join('/');
  return {
    id,
    async load() {
      const module: { default?: unknown } = await import(pathToFileURL(join(content, path)).href);
      return normalizeLab(id, module.default);
    },
    pageSteps: () => [...readFileSync(join(content, dirname(path), 'page.mdx'), 'utf8').matchAll(/<Step\s+id="([^"]*)"/g)].map((match) => match[1] ?? ''),
  };
});
