import { sha256, toHex } from '../base/bytes.ts';
import type { Timers } from '../base/timers.ts';
import { chunkPath } from './disk-index.ts';
import type { Chunks } from './disk.ts';
import type { Delivered } from './inspection.ts';
import { obtain, type Source } from './source.ts';

/** Chunks as transferred, kept between visits. May fail or forget at will: it then knows nothing. */
export interface ChunkCache {
  get(hash: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  put(hash: string, bytes: Uint8Array<ArrayBuffer>): void;
}

/** Unpacks a chunk as transferred into `length` bytes; `renew` is called when they were not the right ones. */
export interface Unpacker {
  decode(bytes: Uint8Array<ArrayBuffer>, length: number): Promise<Uint8Array<ArrayBuffer>>;
  renew(): void;
}

const KEPT = 32 * 1024 * 1024;

/** Chunks by hash: from memory, from the cache, from the source; always checked, each fetched once at a time. */
export class ChunkStore implements Chunks {
  readonly #source: Source;
  readonly #cache: ChunkCache | undefined;
  readonly #timers: Timers;
  readonly #unpacker: Unpacker;
  readonly #content = new Map<string, Uint8Array>(); // least recently used first
  readonly #coming = new Map<string, Promise<Uint8Array>>();
  #size = 0;
  #delivered: Delivered = { fetched: 0, cached: 0, bytes: 0 };

  constructor(source: Source, timers: Timers, unpacker: Unpacker, cache?: ChunkCache) {
    this.#source = source;
    this.#timers = timers;
    this.#unpacker = unpacker;
    this.#cache = cache;
  }

  /** What has come so far, and from where. */
  get delivered(): Delivered {
    return this.#delivered;
  }

  get(hash: string, length: number): Uint8Array | Promise<Uint8Array> {
    const content = this.#content.get(hash);
    if (content) {
      this.#content.delete(hash);
      this.#content.set(hash, content);
      return content;
    }
    let coming = this.#coming.get(hash);
    if (!coming) {
      coming = this.#fetch(hash, length).finally(() => this.#coming.delete(hash));
      this.#coming.set(hash, coming);
    }
    return coming;
  }

  async #fetch(hash: string, length: number): Promise<Uint8Array> {
    const kept = await this.#cache?.get(hash);
    const known = kept && (await this.#check(hash, kept, length).catch(() => undefined));
    const content = known ?? (await this.#obtain(hash, length));
    if (known) this.#delivered = { ...this.#delivered, cached: this.#delivered.cached + 1 };
    this.#content.set(hash, content);
    this.#size += content.length;
    for (const [oldest, bytes] of this.#content) {
      if (this.#size <= KEPT) break;
      this.#content.delete(oldest);
      this.#size -= bytes.length;
    }
    return content;
  }

  #obtain(hash: string, length: number): Promise<Uint8Array> {
    return obtain(this.#source, {
      path: chunkPath(hash),
      name: 'a piece of the disk',
      missing: 'chunk-missing',
      damaged: 'chunk-damaged',
      check: async (bytes) => {
        const content = await this.#check(hash, bytes, length);
        this.#cache?.put(hash, bytes);
        const { fetched, cached, bytes: before } = this.#delivered;
        this.#delivered = { fetched: fetched + 1, cached, bytes: before + bytes.length };
        return content;
      },
    }, this.#timers);
  }

  async #check(hash: string, bytes: Uint8Array<ArrayBuffer>, length: number): Promise<Uint8Array> {
    const content = await this.#unpacker.decode(bytes, length);
    const found = toHex((await sha256(content)).subarray(0, 16));
    if (found === hash) return content;
    this.#unpacker.renew();
    throw new Error(`its hash is ${found}`);
  }
}
