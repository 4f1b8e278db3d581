import { link } from './link.ts';
import { policy } from './policy.ts';
import { applyTheme } from './theme.ts';

/** What a host should send with every file, if it can: the page's own policy again, and what only a header can say. */
export const headers: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `${policy([applyTheme])}; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** The `_headers` file that Netlify and Cloudflare Pages read. Files with a hash in their names never change. */
export function hostHeaders(base: string): string {
  const rule = (path: string, said: Readonly<Record<string, string>>): string =>
    [path, ...Object.entries(said).map(([name, value]) => `  ${name}: ${value}`)].join('\n');
  const forEver = { 'Cache-Control': 'public, max-age=31536000, immutable' };
  return `${[rule('/*', headers), ...['/_astro/*', '/image/chunks/*'].map((path) => rule(link(path, base), forEver))].join('\n\n')}\n`;
}
