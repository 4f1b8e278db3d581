import type { AstroIntegration } from 'astro';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtPages } from './built-page.ts';
import { searchIndex } from './search-index.ts';

/** What is made of the built pages, whichever command builds them. */
export function publish(): AstroIntegration {
  return {
    name: 'publish',
    hooks: {
      async 'astro:build:done'({ dir }) {
        const dist = fileURLToPath(dir);
        const pages = builtPages(dist);
        for (const { path, content } of await searchIndex(pages)) put(join(dist, 'pagefind', path), content);
      },
    },
  };
}

function put(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
