import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { writeSiteList } from '../offline/make-list.ts';
import { hostHeaders } from './headers.ts';

/** The last step of a build: what the host should say with each file, and the list by which readers take the site offline. */
export function hostFiles(base: string): AstroIntegration {
  return {
    name: 'host-files',
    hooks: {
      'astro:build:done': ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        writeFileSync(join(root, '_headers'), hostHeaders(base));
        const { pages, machine, disk } = writeSiteList(root);
        logger.info(`offline.json lists ${pages.length + machine.length} files and ${disk.files} chunks`);
      },
    },
  };
}
