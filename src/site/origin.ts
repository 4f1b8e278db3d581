/**
 * What SITE says: the origin under which the course is published, without a slash at its end; undefined where nobody has said it, and
 * then the build names no address of its own. Throws a sentence for anything else.
 */
export function siteOrigin(site: string | undefined): string | undefined {
  if (!site) return undefined;
  const url = URL.parse(site);
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error(`SITE is "${site}", and it must be an origin: write it as in SITE=https://example.org.`);
  if (url.href !== `${url.origin}/`) throw new Error(`SITE is "${site}", and it must be an origin without a path: write SITE=${url.origin}, and the path into BASE, as in BASE=/course/.`);
  return url.origin;
}
