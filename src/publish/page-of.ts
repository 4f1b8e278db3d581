import { builtPage, type BuiltPage } from './built-page.ts';

/** For tests: a built page with this in its `<main>`. */
export function pageOf(path: string, main: string, { kind = 'module', description = '', nav = '' } = {}): BuiltPage {
  return builtPage(path, `<!doctype html><html lang="en" data-kind="${kind}"><head><title>t</title><meta name="description" content="${description}"></head>`
    + `<body>${nav}<main id="main">${main}</main></body></html>`);
}
