import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';

export interface BrowserFigures {
  /** What is sent from the first request of the page to the prompt, on a first visit: text as gzip, the rest as it is. */
  readonly firstPrompt: { bytes: number; requests: number; parts: Record<string, number> };
  /** *Boot* pressed to prompt in ms, the cache warm, as the page itself measures it. */
  readonly prompts: readonly number[];
}

const TEXT = new Set(['.html', '.js', '.css', '.json', '.svg']);
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml' };

/** Boots the front page's machine in Chromium six times: the first counts bytes, the others milliseconds. */
export async function benchBrowser(root: string): Promise<BrowserFigures> {
  const sent = new Map<string, { bytes: number; asked: number }>();
  const server = createServer(async (request, response) => {
    const asked = Date.now();
    const path = new URL(request.url ?? '/', 'http://host').pathname;
    const file = normalize(path.endsWith('/') ? `${path}index.html` : path);
    try {
      const body = await readFile(join(root, 'dist', file));
      const text = TEXT.has(extname(file));
      const wire = text ? gzipSync(body, { level: 9 }) : body;
      sent.set(file, { bytes: wire.length, asked });
      response.writeHead(200, {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'cache-control': extname(file) === '.html' ? 'no-cache' : 'max-age=31536000, immutable',
        ...(text && { 'content-encoding': 'gzip' }),
      }).end(wire);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  try {
    const page = await browser.newPage();
    const prompts: number[] = [];
    let firstPrompt: BrowserFigures['firstPrompt'] | undefined;
    for (let round = 0; round < 6; round++) {
      await page.goto(`http://localhost:${port}/`);
      const pressed = Date.now();
      await page.locator('[data-boot]').click();
      const machine = page.locator('boot-machine[data-prompt-ms]');
      await machine.waitFor({ state: 'attached', timeout: 120_000 });
      const took = Number(await machine.getAttribute('data-prompt-ms'));
      // What the snapshot has left out is asked for after the prompt, and does not belong to it.
      if (round === 0) firstPrompt = summary(new Map([...sent].filter(([, { asked }]) => asked <= pressed + took).map(([file, { bytes }]) => [file, bytes])));
      else prompts.push(took);
    }
    if (!firstPrompt) throw new Error('The browser never reached a prompt.');
    return { firstPrompt, prompts };
  } finally {
    await browser.close();
    server.close();
  }
}

function summary(sent: ReadonlyMap<string, number>): BrowserFigures['firstPrompt'] {
  const parts: Record<string, number> = { page: 0, snapshot: 0, emulator: 0, chunks: 0, image: 0 };
  for (const [file, bytes] of sent) {
    const part = file.includes('/chunks/') ? 'chunks' : file.includes('.wasm') ? 'emulator' : file.startsWith('/snapshot/') ? 'snapshot' : file.startsWith('/image/') ? 'image' : 'page';
    parts[part] = (parts[part] ?? 0) + bytes;
  }
  return { bytes: Object.values(parts).reduce((sum, bytes) => sum + bytes, 0), requests: sent.size, parts };
}
