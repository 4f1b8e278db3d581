/**
 * The one place that knows under which path the site is served.
 * `path` starts with a slash: `/`, `/syscalls/`, `/image/manifest.json`.
 */
export function link(path: string, base: string = import.meta.env.BASE_URL): string {
  return base.replace(/\/$/, '') + path;
}
