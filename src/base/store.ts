/** A value that can be watched. Knows nothing of what it holds. */
export interface Readable<T> {
  get(): T;
  /** Calls `listener` on each change (not at once). Ends by `signal`. */
  watch(listener: (value: T) => void, signal?: AbortSignal): void;
}

export class Store<T> implements Readable<T> {
  #value: T;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get(): T {
    return this.#value;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener(value);
  }

  watch(listener: (value: T) => void, signal?: AbortSignal): void {
    if (signal?.aborted) return;
    this.#listeners.add(listener);
    signal?.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
  }
}

/** Resolves with the first value that satisfies `test`, the present one included; rejects when `signal` aborts. */
export function until<T>(store: Readable<T>, test: (value: T) => boolean, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const now = store.get();
    if (test(now)) return resolve(now);
    const done = new AbortController();
    signal?.addEventListener('abort', () => { done.abort(); reject(signal.reason); }, { signal: done.signal });
    store.watch((value) => {
      if (!test(value)) return;
      done.abort();
      resolve(value);
    }, done.signal);
  });
}
