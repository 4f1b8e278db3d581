import type { BuiltPage } from './built-page.ts';
import { llmsText } from './llms.ts';
import { searchIndex } from './search-index.ts';
import { robots, sitemap } from './sitemap.ts';
import { twin } from './twin.ts';

/** Where the site is published. */
export interface Place {
  /** The origin without a slash at its end; undefined where nobody has said it. */
  readonly site: string | undefined;
  /** The path with a slash at both ends: `/` or `/course/`. */
  readonly base: string;
}

export interface PublishedFile {
  /** From the site's root. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * All that is made of the built pages: the search index, Markdown twins, `llms.txt`, and what search engines read. Without an origin
 * addresses have no host, and there is no sitemap, which wants one; `robots.txt` is only asked for at the root of a host.
 */
export async function publication(pages: readonly BuiltPage[], { site, base }: Place): Promise<PublishedFile[]> {
  const address = (path: string): string => `${site ?? ''}${base}${path}`;
  const seen = (page: BuiltPage) => (href: string): string => (site ? new URL(href, address(page.path)).href : href);
  return [
    ...(await searchIndex(pages)).map(({ path, content }) => ({ path: `pagefind/${path}`, content })),
    ...pages.map((page) => ({ path: `${page.path}index.md`, content: twin(page, address(page.path), seen(page)) })),
    { path: 'llms.txt', content: llmsText(pages, base, (path) => `${address(path)}index.md`) },
    ...(site ? [{ path: 'sitemap.xml', content: sitemap(pages, address) }] : []),
    ...(base === '/' ? [{ path: 'robots.txt', content: robots(site && `${site}/sitemap.xml`) }] : []),
  ];
}
