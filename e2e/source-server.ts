import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';

const root = join(import.meta.dirname, '..');
const PLACES: readonly [prefix: string, folder: string][] = [['/image/', 'public'], ['/snapshot/', 'public'], ['/src/', '.'], ['/node_modules/v86/', '.']];

/** Serves our source as a browser can run it, one file at a time: types stripped, no bundle; with image and snapshot beside it. */
export async function serveSource(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://host').pathname);
    if (path === '/') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>The contract</title>');
    const folder = PLACES.find(([prefix]) => path.startsWith(prefix))?.[1];
    try {
      if (folder === undefined) throw new Error('not served');
      const body = await readFile(join(root, folder, path));
      const script = path.endsWith('.ts')
        ? stripTypeScriptTypes(body.toString()).replaceAll("from 'v86'", "from '/node_modules/v86/build/libv86.mjs'")
        : body;
      const type = /\.m?[jt]s$/.test(path) ? 'text/javascript' : path.endsWith('.json') ? 'application/json' : 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(script);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
