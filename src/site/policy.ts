import { createHash } from 'node:crypto';

/**
 * The page's Content-Security-Policy: everything from our own origin, no inline code but `inlineScripts` (by hash),
 * no eval but WebAssembly, and no text that becomes HTML or code (Trusted Types; the one policy is src/ui/own-scripts.ts).
 * Diagrams may be data: images.
 */
export function policy(inlineScripts: readonly string[]): string {
  const hashes = inlineScripts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  return [
    "default-src 'none'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...hashes].join(' '),
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}
