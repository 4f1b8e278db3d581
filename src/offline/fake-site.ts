import { sha256, toHex } from '../base/bytes.ts';
import { realTimers, type Timers } from '../base/timers.ts';
import { OfflineCourse } from './course.ts';
import type { Shelf } from './shelf.ts';
import type { SiteFile, SiteList } from './site-list.ts';
import { OfflineStore } from './store.ts';

/** A shelf in memory, for tests; `room` is how many bytes it takes in all. */
export class MemoryShelf implements Shelf {
  readonly files = new Map<string, { bytes: Uint8Array<ArrayBuffer>; type: string }>();
  room = Infinity;

  async get(key: string): Promise<Response | undefined> {
    const file = this.files.get(key);
    return file && new Response(file.bytes, { headers: { 'content-type': file.type } });
  }

  async put(key: string, file: Response): Promise<void> {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (bytes.length > this.room) throw new DOMException('full', 'QuotaExceededError');
    this.room -= bytes.length;
    this.files.set(key, { bytes, type: file.headers.get('content-type') ?? '' });
  }

  async keys(): Promise<string[]> {
    return [...this.files.keys()];
  }

  async delete(key: string): Promise<void> {
    this.files.delete(key);
  }
}

/** A server of texts by path, for tests; `offline.json` and the disk's list are made of them. */
export class FakeSite {
  readonly files = new Map<string, string>();
  readonly asked: string[] = [];
  /** Called before each answer: may throw, wait, or give another answer. */
  before: (path: string, init: RequestInit | undefined) => Promise<Response | undefined> = async () => undefined;

  async list(): Promise<SiteList> {
    const files = [];
    for (const [path, text] of this.files) files.push(await describe(path, text));
    const chunks = files.filter(({ path }) => path.startsWith('image/chunks/'));
    const table = JSON.stringify(chunks);
    const machine = files.filter(({ path }) => path.startsWith('snapshot/'));
    const rest = { version: 1 as const, pages: files.filter((file) => ![...chunks, ...machine].includes(file)), machine,
      disk: { list: await describe('offline-disk.json', table), files: chunks.length, bytes: chunks.reduce((sum, { bytes }) => sum + bytes, 0) } };
    return { id: await hashOf(JSON.stringify(rest)), ...rest };
  }

  readonly get = async (address: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const path = new URL(String(address)).pathname.slice(1);
    this.asked.push(path);
    const other = await this.before(path, init);
    if (other) return other;
    const list = await this.list();
    const chunks = JSON.stringify(await Promise.all([...this.files].filter(([name]) => name.startsWith('image/chunks/')).map(([name, text]) => describe(name, text))));
    const text = path === 'offline.json' ? JSON.stringify(list) : path === 'offline-disk.json' ? chunks : this.files.get(path);
    return text === undefined ? new Response('Not found', { status: 404 }) : new Response(text, { headers: { 'content-type': path.endsWith('.js') ? 'text/javascript' : 'text/html' } });
  };

  /** A course on this site, in memory. */
  course(timers: Timers = realTimers): { course: OfflineCourse; store: OfflineStore; shelf: MemoryShelf; chunks: MemoryShelf } {
    const [shelf, chunks] = [new MemoryShelf(), new MemoryShelf()];
    const store = new OfflineStore({ files: shelf, chunks, chunkKey: (hash) => `/chunk/${hash}` });
    let at: Promise<unknown> | undefined;
    const course = new OfflineCourse({
      base: 'https://course.example/', store, get: this.get, timers,
      alone: async (work) => {
        if (at) return undefined;
        const done = work();
        at = done;
        return done.finally(() => { at = undefined; });
      },
    });
    return { course, store, shelf, chunks };
  }
}

const describe = async (path: string, text: string): Promise<SiteFile> => ({ path, bytes: new TextEncoder().encode(text).length, hash: await hashOf(text) });
const hashOf = async (text: string): Promise<string> => toHex((await sha256(new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>)).subarray(0, 16));
