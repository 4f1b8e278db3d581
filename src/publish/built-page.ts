import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attribute, find, elements, parse, words, type Element, type Tree } from './tree.ts';

/** A page of the built site: what the generators of this room begin with. */
export interface BuiltPage {
  /** From the site's root, with a slash at the end: `node/drift/`; empty for the front page. */
  readonly path: string;
  readonly html: string;
  readonly tree: Tree;
  readonly main: Element;
  readonly title: string;
  readonly description: string;
  readonly kind: 'lab' | 'page';
  /** The day of its last proof, `2026-11-24`, where it has one. */
  readonly proven: string | undefined;
}

export function builtPage(path: string, html: string): BuiltPage {
  const tree = parse(html);
  const main = find(tree, 'main');
  if (!main) throw new Error(`${path}index.html has no <main>: put the page’s text into one, so that search and Markdown find it.`);
  const all = elements(tree);
  const description = all.find((element) => element.tagName === 'meta' && attribute(element, 'name') === 'description');
  const stamp = all.find((element) => element.tagName === 'time' && attribute(element, 'dataProven') !== undefined);
  return {
    path, html, tree, main,
    title: words(find(main, 'h1')),
    description: (description && attribute(description, 'content')) ?? '',
    kind: all.some((element) => element.tagName === 'html' && attribute(element, 'dataKind') === 'lab') ? 'lab' : 'page',
    proven: stamp && attribute(stamp, 'dateTime'),
  };
}

/** All pages of a built site that have an address of their own, in the order of their addresses; 404.html has none. */
export function builtPages(dist: string): BuiltPage[] {
  return globSync('**/index.html', { cwd: dist }).map((file) => file.replaceAll('\\', '/').replace(/index\.html$/, '')).sort()
    .map((path) => builtPage(path, readFileSync(join(dist, path, 'index.html'), 'utf8')));
}
