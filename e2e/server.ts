import { createServer, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { AddressInfo } from 'node:net';

/** What a bad host does with a file. `stall` sends half of it and nothing more; `gone` closes the connection. */
export type Fault = 'missing' | 'stall' | 'cut' | 'flip' | 'html' | 'gone';

/** A plain static file server, as any host is one; it can be told to misbehave. */
export interface StaticServer {
  /** Where the site is, with its base path and a slash at the end. */
  readonly url: string;
  /** Paths asked for since the start, in order, without the base. */
  readonly asked: readonly string[];
  /** From now on, paths that match get the fault. The function returned takes it back. */
  misbehave(match: RegExp, fault: Fault): () => void;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.mjs': 'text/javascript',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.wasm': 'application/wasm', '.woff2': 'font/woff2',
  '.md': 'text/markdown; charset=utf-8', '.txt': 'text/plain; charset=utf-8',
};

interface Hosting {
  /** Of a server that was closed, to come back in its place; 0: the system chooses. */
  readonly port?: number;
  /** Sent with every file. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Text files that it serves instead of those in `root`, by path (`/sw.js`); they may change. */
  readonly instead?: ReadonlyMap<string, string>;
}

/** Serves `root` under `base`. */
export async function serveStatic(root: string, base = '/', { port: wanted = 0, headers = {}, instead = new Map() }: Hosting = {}): Promise<StaticServer> {
  const faults = new Map<symbol, { match: RegExp; fault: Fault }>();
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
    if (!path.startsWith(base)) return void notFound(response, root);
    const name = '/' + path.slice(base.length);
    asked.push(name);
    const fault = [...faults.values()].find(({ match }) => match.test(name))?.fault;
    if (fault === 'missing') return void notFound(response, root);
    if (fault === 'gone') return void request.socket.destroy();
    if (fault === 'html') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in to this network</title>');
    let body;
    try {
      body = instead.has(name) ? Buffer.from(instead.get(name) ?? '') : await readFile(join(root, normalize(name), name.endsWith('/') ? 'index.html' : ''));
    } catch {
      return void notFound(response, root);
    }
    const type = TYPES[name.endsWith('/') ? '.html' : extname(name)] ?? 'application/octet-stream';
    const middle = Math.floor(body.length / 2);
    if (fault === 'flip') body[middle] = (body[middle] ?? 0) ^ 1;
    if (fault === 'stall') return void response.writeHead(200, { 'content-type': type, 'content-length': body.length }).write(body.subarray(0, middle));
    const sent = fault === 'cut' ? body.subarray(0, middle) : body;
    // What has a hash in its name never changes; a host that says nothing would be asked again for each.
    const cache = name.startsWith('/_astro/') || name.includes('/chunks/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    response.writeHead(200, { ...headers, 'content-type': type, 'content-length': sent.length, 'cache-control': cache }).end(sent);
  });
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    asked,
    misbehave(match, fault) {
      const key = Symbol();
      faults.set(key, { match, fault });
      return () => void faults.delete(key);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function notFound(response: ServerResponse, root: string): Promise<void> {
  const page = await readFile(join(root, '404.html')).catch(() => 'Not found');
  response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' }).end(page);
}
