import { concat, sha256, toHex } from '../base/bytes.ts';
import { within, type Timers } from '../base/timers.ts';
import { OfflineError } from './error.ts';
import type { SiteFile } from './site-list.ts';

export interface FetchParts {
  /** The site's base, with a slash at the end. */
  readonly base: string;
  readonly get: typeof fetch;
  readonly timers: Timers;
  readonly signal: AbortSignal;
  /** Takes a file that has the right hash. */
  take(file: SiteFile, bytes: Uint8Array<ArrayBuffer>, type: string): Promise<void>;
  /** Bytes that came since the last call; negative when they have to come again. */
  onBytes(count: number): void;
}

const AT_ONCE = 6;
const STALLED = 15_000; // ms without a byte

/** Fetches files, several at once, each checked before it is taken. Throws OfflineError, or the signal's reason; what was taken stays taken. */
export async function fetchFiles(files: readonly SiteFile[], parts: FetchParts): Promise<void> {
  const stop = new AbortController();
  const inner = { ...parts, signal: AbortSignal.any([parts.signal, stop.signal]) };
  const queue = files.values();
  const work = async (): Promise<void> => {
    for (const file of queue) {
      inner.signal.throwIfAborted();
      await fetchFile(file, inner);
    }
  };
  const done = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => work().catch((error: unknown) => {
    stop.abort(error);
    throw error;
  })));
  // All that was under way has ended: nothing is written any more after the reader broke off.
  const failed = done.find((one) => one.status === 'rejected');
  if (failed) throw stop.signal.reason;
}

/** What the browser or its worker has is taken when it is right; else the file is fetched once more, past every cache. */
async function fetchFile(file: SiteFile, parts: FetchParts): Promise<void> {
  for (const cache of ['no-cache', 'reload'] as const) {
    let count = 0;
    const { bytes, type } = await receive(file, cache, { ...parts, onBytes(more) { count += more; parts.onBytes(more); } });
    if (toHex(await sha256(bytes)).startsWith(file.hash)) return parts.take(file, bytes, type);
    parts.onBytes(-count);
  }
  throw new OfflineError('changed', `The server sends something else for ${file.path || 'the front page'} than its own list says.`, 'The course may be being published at this moment: try again in a minute. If that does not help, something between you and the server changes the files.');
}

async function receive({ path }: SiteFile, cache: RequestCache, { base, get, timers, signal, onBytes }: FetchParts): Promise<{ bytes: Uint8Array<ArrayBuffer>; type: string }> {
  const moving = <T>(work: () => Promise<T>): Promise<T> =>
    within(timers, STALLED, () => new Error(`nothing came for ${STALLED / 1000} s`), work, signal);
  const end = new AbortController();
  const pieces: Uint8Array[] = [];
  let response;
  try {
    response = await moving(() => get(new URL(path, base), { cache, signal: end.signal }));
    if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
    const reader = response.body.getReader();
    for (let piece = await moving(() => reader.read()); !piece.done; piece = await moving(() => reader.read())) {
      pieces.push(piece.value);
      onBytes(piece.value.length);
    }
  } catch (cause) {
    end.abort();
    signal.throwIfAborted();
    if (response?.status === 404 || response?.status === 410)
      throw new OfflineError('changed', `The server no longer has ${path}: the course was published anew meanwhile.`, 'Try again: what is stored is kept, and only what differs is fetched.', { cause });
    throw new OfflineError('network', 'The server can not be reached: what was fetched so far is stored.', 'Go on when you are online again; nothing is fetched twice.', { cause });
  }
  return { bytes: concat(pieces), type: response.headers.get('content-type') ?? 'application/octet-stream' };
}
