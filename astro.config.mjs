import { defineConfig } from 'astro/config';
import mdx from '@astrojs/mdx';
import { tokenClasses } from './src/site/tokens.ts';
import { consoleSession } from './src/site/session.ts';

// BASE is the path the site is served under (`BASE=/course npm run build`); no page knows it but through src/site/link.ts.
export default defineConfig({
  base: process.env.BASE ?? '/',
  trailingSlash: 'always',
  output: 'static',
  devToolbar: { enabled: false },
  integrations: [mdx()],
  markdown: {
    shikiConfig: { theme: 'css-variables', transformers: [consoleSession(), tokenClasses()] },
  },
  // Nothing is inlined: each script and style is a file of ours, so the policy in src/site/policy.ts needs no exception.
  build: { inlineStylesheets: 'never' },
  vite: {
    build: { assetsInlineLimit: 0, target: 'es2022' },
    worker: { format: 'es' },
  },
});
