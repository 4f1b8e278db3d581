import { defineConfig } from 'astro/config';
import mdx from '@astrojs/mdx';
import { siteOrigin } from './src/site/origin.ts';
import { publish } from './src/publish/integration.ts';
import { hostFiles } from './src/site/host-files.ts';
import { tokenClasses } from './src/site/tokens.ts';
import { consoleSession } from './src/site/session.ts';

// Vite wraps each import() in code that preloads what the import needs. That is half of the script a page has before it is
// used, and what Boot fetches is few files; a page's size is held by a test. Without preloading there is also no list of what to preload.
const plainImports = {
  name: 'plain-imports',
  enforce: /** @type {const} */ ('pre'),
  configEnvironment: () => ({ build: { modulePreload: /** @type {const} */ (false) } }),
  load: (/** @type {string} */ id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined),
  // What it would have preloaded is named in each file all the same.
  generateBundle: {
    order: /** @type {const} */ ('post'),
    handler(/** @type {unknown} */ _options, /** @type {Record<string, { type: string, code?: string }>} */ bundle) {
      for (const file of Object.values(bundle))
        if (file.code) file.code = file.code.replace(/^const __vite__mapDeps=.*;\n/, '').replace(/,\s*__vite__mapDeps\(\[[\d,]*\]\)/g, '');
    },
  },
};

// The service worker rules the folder that it lies in, and browsers know it by its name.
const workerFile = (/** @type {{ name: string }} */ { name }) => (name === 'sw' ? 'sw.js' : '_astro/[name]-[hash].js');

// SITE is the origin the site is published under, where that is known (`SITE=https://example.org npm run build`).
// BASE is the path the site is served under (`BASE=/course npm run build`); no page knows it but through src/site/link.ts.
const site = siteOrigin(process.env.SITE);
const base = process.env.BASE ?? '/';

export default defineConfig({
  ...(site && { site }),
  base,
  trailingSlash: 'always',
  output: 'static',
  devToolbar: { enabled: false },
  // `hostFiles` is the last: it lists what the others have written.
  integrations: [mdx(), publish(), hostFiles(base)],
  markdown: {
    shikiConfig: { theme: 'css-variables', transformers: [consoleSession(), tokenClasses()] },
  },
  // Nothing is inlined: each script and style is a file of ours, so the policy in src/site/policy.ts needs no exception.
  build: { inlineStylesheets: 'never' },
  vite: {
    plugins: [plainImports],
    build: {
      assetsInlineLimit: 0,
      target: 'es2022',
      // What each page's scripts share is one file: three of a hundred bytes would cost twice that.
      rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'early', test: /src\/ui\/(remember|returning)\.ts$|preload-helper/ }] } } },
    },
    worker: { format: 'es', rolldownOptions: { output: { entryFileNames: workerFile } } },
  },
});
