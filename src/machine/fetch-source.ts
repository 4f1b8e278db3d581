import type { Source } from './source.ts';

/** Files below a URL, which ends in a slash. */
export function fetchSource(base: string, get: typeof fetch = fetch): Source {
  return {
    async read(path, { signal, fresh, onBytes }) {
      const response = await get(new URL(path, base), { signal, ...(fresh && { cache: 'reload' }) });
      if (response.status === 404 || response.status === 410) return undefined;
      if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
      const counted = response.body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({
        transform(piece, out) {
          onBytes(piece.length);
          out.enqueue(piece);
        },
      }));
      return new Uint8Array(await new Response(counted).arrayBuffer());
    },
  };
}
