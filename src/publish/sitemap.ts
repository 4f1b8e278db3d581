import type { BuiltPage } from './built-page.ts';

const escaped = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** All pages for search engines. `address` makes a page's full address out of its path. */
export function sitemap(pages: readonly BuiltPage[], address: (path: string) => string): string {
  const urls = pages.map(({ path, proven }) => `  <url><loc>${escaped(address(path))}</loc>${proven ? `<lastmod>${proven}</lastmod>` : ''}</url>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('')}</urlset>\n`;
}

/** Everything may be read; the pieces of the disk are nothing to read. `map` is the sitemap's address, where the site knows its own. */
export const robots = (map: string | undefined): string =>
  `User-agent: *\nDisallow: /image/chunks/\nDisallow: /snapshot/\n${map ? `\nSitemap: ${map}\n` : ''}`;
