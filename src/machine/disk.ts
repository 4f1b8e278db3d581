import { concat } from '../base/bytes.ts';
import { BLOCK, type DiskIndex } from './disk-index.ts';

/** Gives a chunk's content, `length` bytes; rejects with a MachineError. Synchronous when it is at hand. */
export interface Chunks {
  get(hash: string, length: number): Uint8Array | Promise<Uint8Array>;
}

const SECTOR = 512;
const FULL = 0xff;
/** Chunks fetched before they are asked for, of some 40 KiB each. */
const AHEAD = 8;

/** A block the guest has written: which of its eight sectors, and the bytes. */
interface Written {
  mask: number;
  readonly bytes: Uint8Array;
}

type Done = (data: Uint8Array) => void;

/**
 * The hard disk as v86 wants it (field names are v86's): the image's chunks, with written blocks in memory over them.
 * A read that fails does not answer until it is retried; `onError` is told, and the machine stops.
 */
export class Disk {
  readonly byteLength: number;
  onload: (() => void) | undefined;
  /** Whether what is read now is read in the disk's order, as firmware and bootloader do, which also do nothing else meanwhile. */
  inOrder: () => boolean = () => false;
  readonly #starts: Uint32Array; // first block of each chunk
  readonly #index: DiskIndex;
  readonly #chunks: Chunks;
  readonly #onError: (error: unknown) => void;
  #written = new Map<number, Written>();
  #pending = 0;
  #idle: (() => void)[] = [];
  #failed: (() => void)[] = [];
  #life = 0;

  constructor(index: DiskIndex, chunks: Chunks, onError: (error: unknown) => void) {
    this.byteLength = index.bytes;
    this.#index = index;
    this.#chunks = chunks;
    this.#onError = onError;
    this.#starts = new Uint32Array(index.chunks.length);
    let block = 0;
    index.chunks.forEach((chunk, n) => {
      this.#starts[n] = block;
      block += chunk.blocks;
    });
  }

  /** Forgets what was written and drops the answers that are still under way. */
  clear(): void {
    this.#written = new Map();
    this.#failed = [];
    this.#life++;
  }

  /** Reads once more what could not be read. */
  retry(): void {
    for (const again of this.#failed.splice(0)) again();
  }

  /** Whether a read is under way. */
  get waiting(): boolean {
    return this.#pending > 0;
  }

  /** Resolves when no read is under way. */
  settled(): Promise<void> {
    return this.#pending === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }

  load(): void {
    this.onload?.();
  }

  get(start: number, length: number, done: Done): void {
    const data = new Uint8Array(length);
    const waits: Promise<void>[] = [];
    for (let at = start; at < start + length; ) {
      const number = this.#chunkAt(Math.floor(at / BLOCK));
      const chunk = this.#index.chunks[number];
      const from = (this.#starts[number] ?? 0) * BLOCK;
      if (!chunk) break;
      const end = Math.min(start + length, from + chunk.blocks * BLOCK);
      if (chunk.hash && !this.#covered(at, end)) {
        const into = data.subarray(at - start, end - start);
        const [low, high] = [at - from, end - from];
        const content = this.#chunks.get(chunk.hash, chunk.blocks * BLOCK);
        if (content instanceof Uint8Array) into.set(content.subarray(low, high));
        else waits.push(content.then((bytes) => into.set(bytes.subarray(low, high))));
      }
      at = end;
    }
    if (this.inOrder()) this.#fetchAhead(this.#chunkAt(Math.floor((start + length - 1) / BLOCK)));
    const answer = (): void => {
      this.#overlay(start, data);
      done(data);
    };
    if (waits.length === 0) answer();
    else this.#whenAll(waits, answer, () => this.get(start, length, done));
  }

  get_and_cache(start: number, length: number, done: Done): void {
    this.get(start, length, done);
  }

  /** v86 asks for sector 0 only, after `get_and_cache`; undefined when the chunk is no longer at hand. */
  get_from_cache(start: number, length: number): Uint8Array | undefined {
    let data: Uint8Array | undefined;
    const number = this.#chunkAt(Math.floor(start / BLOCK));
    const chunk = this.#index.chunks[number];
    if (!chunk?.hash || this.#chunks.get(chunk.hash, chunk.blocks * BLOCK) instanceof Uint8Array) this.get(start, length, (bytes) => { data = bytes; });
    return data;
  }

  set(start: number, data: Uint8Array, done: () => void): void {
    for (let at = 0; at < data.length; ) {
      const number = Math.floor((start + at) / BLOCK);
      const offset = (start + at) % BLOCK;
      const count = Math.min(BLOCK - offset, data.length - at);
      let block = this.#written.get(number);
      if (!block) this.#written.set(number, (block = { mask: 0, bytes: new Uint8Array(BLOCK) }));
      block.bytes.set(data.subarray(at, at + count), offset);
      block.mask |= ((1 << (count / SECTOR)) - 1) << (offset / SECTOR);
      at += count;
    }
    done();
  }

  get_buffer(done: (buffer?: ArrayBuffer) => void): void {
    done();
  }

  /** Only what was written: block numbers, sector masks, bytes. Mask 0 is a whole block of zeros, which has no bytes. */
  get_state(): [Uint32Array, Uint8Array, Uint8Array] {
    const numbers = Uint32Array.from([...this.#written.keys()].sort((a, b) => a - b));
    const masks = new Uint8Array(numbers.length);
    const parts: Uint8Array[] = [];
    numbers.forEach((number, n) => {
      const block = this.#written.get(number);
      if (!block || (block.mask === FULL && block.bytes.every((byte) => byte === 0))) return;
      masks[n] = block.mask;
      parts.push(block.bytes);
    });
    return [numbers, masks, concat(parts)];
  }

  set_state([numbers, masks, bytes]: [Uint32Array, Uint8Array, Uint8Array]): void {
    this.clear();
    let at = 0;
    numbers.forEach((number, n) => {
      const mask = masks[n] ?? 0;
      this.#written.set(number, { mask: mask || FULL, bytes: mask ? bytes.slice(at, at + BLOCK) : new Uint8Array(BLOCK) });
      if (mask) at += BLOCK;
    });
  }

  /** What cannot be fetched is fetched again, and told, when it is asked for. */
  #fetchAhead(number: number): void {
    for (const chunk of this.#index.chunks.slice(number + 1, number + 1 + AHEAD)) {
      if (chunk.hash) void Promise.resolve(this.#chunks.get(chunk.hash, chunk.blocks * BLOCK)).catch(() => undefined);
    }
  }

  #whenAll(waits: Promise<void>[], answer: () => void, again: () => void): void {
    const life = this.#life;
    this.#pending++;
    Promise.all(waits).then(() => {
      if (this.#life === life) answer();
    }, (error: unknown) => {
      if (this.#life !== life) return;
      this.#failed.push(again);
      this.#onError(error);
    }).finally(() => {
      if (--this.#pending === 0) for (const resolve of this.#idle.splice(0)) resolve();
    });
  }

  /** Whether the guest has written all of these bytes. */
  #covered(start: number, end: number): boolean {
    for (let number = Math.floor(start / BLOCK); number * BLOCK < end; number++)
      if (this.#written.get(number)?.mask !== FULL) return false;
    return true;
  }

  #overlay(start: number, data: Uint8Array): void {
    for (let at = start; at < start + data.length; at += SECTOR) {
      const block = this.#written.get(Math.floor(at / BLOCK));
      const offset = at % BLOCK;
      if (block && block.mask & (1 << (offset / SECTOR))) data.set(block.bytes.subarray(offset, offset + SECTOR), at - start);
    }
  }

  #chunkAt(block: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= block) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
