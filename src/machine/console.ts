import { concat } from '../base/bytes.ts';
import type { Channel } from './channel.ts';

const KEPT = 256 * 1024;

/** The reader's serial line: hands output on as it comes and keeps the newest of it. */
export class Console implements Channel {
  readonly #send: (bytes: Uint8Array) => void;
  readonly #listeners = new Set<(data: Uint8Array) => void>();
  readonly #beginners = new Set<() => void>();
  /** What came in each boot, in the pieces in which it came; the last one is under way. */
  #boots: Uint8Array[][] = [[]];
  #size = 0;
  #boot = 0;

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

  /** Calls `listener` when the processor has begun again. Ends by `signal`. */
  begins(listener: () => void, signal?: AbortSignal): void {
    if (signal?.aborted) return;
    this.#beginners.add(listener);
    signal?.addEventListener('abort', () => this.#beginners.delete(listener), { once: true });
  }

  transcript(): string {
    return new TextDecoder().decode(concat(this.#whole().flat()));
  }

  boots(): readonly string[] {
    return this.#whole().map((pieces) => new TextDecoder().decode(concat(pieces)));
  }

  get boot(): number {
    return this.#boot;
  }

  /** What the guest has sent. */
  receive(data: Uint8Array): void {
    this.#boots.at(-1)?.push(data);
    this.#size += data.length;
    if (this.#size > 2 * KEPT) this.#boots = this.#whole();
    for (const listener of [...this.#listeners]) listener(data);
  }

  /** The processor begins again: what comes now belongs to another boot. */
  bootBegins(): void {
    this.#boots.push([]);
    this.#boot++;
    for (const listener of [...this.#beginners]) listener();
  }

  /** Another machine's life begins, with what its console had shown: in each boot, the last one being under way. */
  clear(boots: readonly string[] = []): void {
    this.#boots = boots.length > 0 ? boots.slice(0, -1).map((text) => [new TextEncoder().encode(text)]) : [];
    this.#boots.push([]);
    this.#boot = this.#boots.length - 1;
    this.#size = this.#boots.flat().reduce((sum, { length }) => sum + length, 0);
    const last = boots.at(-1);
    if (last) this.receive(new TextEncoder().encode(last));
  }

  /** The newest KEPT bytes of it. */
  #whole(): Uint8Array[][] {
    let left = KEPT;
    const kept = this.#boots.toReversed().map((pieces) => {
      const all = concat(pieces);
      const part = all.slice(Math.max(0, all.length - left));
      left -= part.length;
      return [part];
    }).toReversed();
    const whole = kept.filter(([piece], index) => piece?.length || index === kept.length - 1);
    this.#size = KEPT - left;
    return whole;
  }
}
