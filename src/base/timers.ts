/** Time as a parameter: real in the product, turned by hand in tests. Milliseconds. */
export interface Timers {
  now(): number;
  /** Calls `run` once after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
}

export const realTimers: Timers = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves after `ms`; rejects with the signal's reason when that comes first. */
export function wait(timers: Timers, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = (): void => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = timers.after(ms, () => {
      signal?.removeEventListener('abort', stop);
      resolve();
    });
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Runs `work` with a signal that aborts with `late()` after `ms`, and settles then even if `work` does not heed it. */
export function within<T>(timers: Timers, ms: number, late: () => Error, work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
  const control = new AbortController();
  const cancel = timers.after(ms, () => control.abort(late()));
  const stop = (): void => control.abort(signal?.reason);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  return abortable(work(control.signal), control.signal).finally(() => {
    cancel();
    signal?.removeEventListener('abort', stop);
  });
}

/** Settles as `work` does, or rejects with the signal's reason when that comes first. */
export function abortable<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
