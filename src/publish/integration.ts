import type { AstroIntegration } from 'astro';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtPages } from './built-page.ts';
import { publication } from './publication.ts';

/** What is made of the built pages, whichever command builds them. */
export function publish(): AstroIntegration {
  let site: string | undefined;
  let base = '/';
  return {
    name: 'publish',
    hooks: {
      'astro:config:done'({ config }) {
        site = config.site?.replace(/\/$/, '');
        base = `${config.base.replace(/\/$/, '')}/`;
      },
      async 'astro:build:done'({ dir }) {
        const dist = fileURLToPath(dir);
        for (const { path, content } of await publication(builtPages(dist), { site, base })) {
          mkdirSync(dirname(join(dist, path)), { recursive: true });
          writeFileSync(join(dist, path), content);
        }
      },
    },
  };
}
