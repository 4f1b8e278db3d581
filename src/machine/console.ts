import { concat } from '../base/bytes.ts';
import type { Channel } from './channel.ts';

const KEPT = 256 * 1024;

/** The reader's serial line: hands output on as it comes and keeps the newest of it. */
export class Console implements Channel {
  readonly #send: (bytes: Uint8Array) => void;
  readonly #listeners = new Set<(data: Uint8Array) => void>();
  #kept: Uint8Array[] = [];
  #size = 0;

  constructor(send: (bytes: Uint8Array) => void) {
    this.#send = send;
  }

  write(data: Uint8Array | string): void {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
    if (bytes.length) this.#send(bytes);
  }

  read(listener: (data: Uint8Array) => void, signal?: AbortSignal): void {
    if (signal?.aborted) return;
    this.#listeners.add(listener);
    signal?.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
  }

  transcript(): string {
    return new TextDecoder().decode(this.#whole());
  }

  /** What the guest has sent. */
  receive(data: Uint8Array): void {
    this.#kept.push(data);
    this.#size += data.length;
    if (this.#size > 2 * KEPT) {
      this.#kept = [this.#whole()];
      this.#size = KEPT;
    }
    for (const listener of [...this.#listeners]) listener(data);
  }

  /** Another machine's life begins. */
  clear(): void {
    this.#kept = [];
    this.#size = 0;
  }

  #whole(): Uint8Array {
    const all = concat(this.#kept);
    return all.slice(Math.max(0, all.length - KEPT));
  }
}
