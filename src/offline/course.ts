import { sha256, toHex } from '../base/bytes.ts';
import type { Timers } from '../base/timers.ts';
import { OfflineError, storageError } from './error.ts';
import { fetchFiles } from './fetch-files.ts';
import { LIST, noList, readFiles, readSiteList, sizeOf, type SiteFile, type SiteList } from './site-list.ts';
import type { OfflineStore, Standing } from './store.ts';

export interface CourseParts {
  readonly store: OfflineStore;
  /** The site's base, with a slash at the end. */
  readonly base: string;
  readonly get: typeof fetch;
  readonly timers: Timers;
  /** Runs `work` unless another tab or the worker is at it: then undefined. */
  alone<T>(work: () => Promise<T>): Promise<T | undefined>;
}

/** Bytes. */
export interface Amounts {
  readonly pages: number;
  readonly machine: number;
  readonly disk: number;
}

export interface Work {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** The course in this browser's storage: what is there, and how it comes and goes. The same in a page and in the service worker. */
export class OfflineCourse {
  readonly #parts: CourseParts;

  constructor(parts: CourseParts) {
    this.#parts = parts;
  }

  /** The version that is served from the storage; undefined when there is none whole. */
  standing(): Promise<Standing | undefined> {
    return this.#parts.store.standing().catch((cause: unknown) => { throw storageError(cause); });
  }

  /** What the site consists of now, as the server says. Throws OfflineError. */
  async offered(signal: AbortSignal): Promise<SiteList> {
    const answer = await this.#parts.get(new URL(LIST, this.#parts.base), { cache: 'reload', signal }).catch((cause: unknown) => {
      throw new OfflineError('network', 'The server can not be reached.', 'Try again when you are online.', { cause });
    });
    if (!answer.ok) throw noList();
    return readSiteList(await answer.text());
  }

  /** How much of a version is stored, the chunks included that a machine has kept. */
  async stored(list: SiteList): Promise<Amounts> {
    const held = await this.#parts.store.held();
    const chunks = held(list.disk.list) ? await this.#knownChunks(list) : await this.#publishedChunks(list);
    return { pages: sizeOf(list.pages.filter(held)), machine: sizeOf(list.machine.filter(held)), disk: sizeOf(chunks.filter(held)) };
  }

  /**
   * Fetches what is missing of a version, then serves it. Throws OfflineError, or the signal's reason; the version served before stays until
   * then. The first version is served as soon as its text and machine are here: the disk may take long, or find no room.
   */
  async take(list: SiteList, whole: boolean, work: Work): Promise<void> {
    const taken = await this.#parts.alone(async () => {
      const before = await this.standing();
      const parts = [...list.pages, ...list.machine];
      const chunks = whole ? await this.#chunks(list, work.signal) : [];
      const stages = before || !whole ? [[...parts, ...chunks]] : [parts, chunks];
      const total = sizeOf(stages.flat());
      let done = 0;
      for (const files of stages) {
        done = await this.#fetchMissing(files, done, total, work);
        await this.#parts.store.stand({
          version: 1, served: list, whole: whole && files === stages.at(-1),
          older: before ? [before.served, ...before.older].filter(({ id }) => id !== list.id) : [],
        });
      }
      return true;
    });
    if (!taken) throw new OfflineError('busy', 'Another tab, or an update in the background, is fetching the course at this moment.', 'Wait for it, then look again.');
  }

  /** Reads back all that should be stored of the served version, and drops what is damaged. Gives the files that have to be fetched again. */
  async check({ served, whole }: Standing, { signal, onProgress }: Work): Promise<SiteFile[]> {
    const chunks = whole ? await this.#knownChunks(served) : [];
    const files = [...served.pages, ...served.machine, ...(whole ? [served.disk.list] : []), ...chunks];
    const total = sizeOf(files);
    const bad: SiteFile[] = [];
    let done = 0;
    for (const file of files) {
      signal.throwIfAborted();
      const kept = await this.#parts.store.read(file).catch((cause: unknown) => { throw storageError(cause); });
      const sound = kept && toHex(await sha256(new Uint8Array(await kept.arrayBuffer()))).startsWith(file.hash);
      if (!sound) bad.push(file);
      if (kept && !sound) await this.#parts.store.drop(file);
      onProgress(done += file.bytes, total);
    }
    return bad;
  }

  /** Takes what the server has published since, as much of it as was taken before. Tells whether there was anything. */
  async update(signal: AbortSignal): Promise<boolean> {
    const standing = await this.standing();
    if (!standing) return false;
    const list = await this.offered(signal);
    if (list.id === standing.served.id) return false;
    await this.take(list, standing.whole, { signal, onProgress: () => undefined });
    return true;
  }

  /** Drops what belongs to the versions before: for when no tab can be showing one, and nothing newer is on its way. */
  async tidy(): Promise<void> {
    await this.#parts.alone(async () => {
      const standing = await this.standing();
      if (!standing || standing.older.length === 0) return;
      const { served, whole } = standing;
      await this.#parts.store.stand({ ...standing, older: [] });
      await this.#parts.store.keepOnly([...served.pages, ...served.machine, served.disk.list, ...(await this.#knownChunks(served))], whole);
    });
  }

  async #chunks(list: SiteList, signal: AbortSignal): Promise<readonly SiteFile[]> {
    if (!(await this.#parts.store.held())(list.disk.list)) await this.#fetch([list.disk.list], signal, () => undefined);
    return this.#knownChunks(list);
  }

  /** None while the list of them is not stored. */
  async #knownChunks({ disk }: SiteList): Promise<readonly SiteFile[]> {
    const kept = await this.#parts.store.read(disk.list);
    return kept ? readFiles(await kept.text()) : [];
  }

  /** To be counted only: not stored, and none when the server can not be asked. */
  async #publishedChunks({ disk }: SiteList): Promise<readonly SiteFile[]> {
    const { get, base } = this.#parts;
    return get(new URL(disk.list.path, base), { cache: 'reload' }).then(async (answer) => readFiles(await answer.text())).catch(() => []);
  }

  /** Gives the bytes that are stored of `total` when all `files` are. */
  async #fetchMissing(files: readonly SiteFile[], before: number, total: number, { signal, onProgress }: Work): Promise<number> {
    const held = await this.#parts.store.held();
    const missing = files.filter((file) => !held(file));
    let done = before + sizeOf(files) - sizeOf(missing);
    onProgress(done, total);
    await this.#fetch(missing, signal, (count) => onProgress(done += count, total));
    return done;
  }

  #fetch(files: readonly SiteFile[], signal: AbortSignal, onBytes: (count: number) => void): Promise<void> {
    const { base, get, timers, store } = this.#parts;
    return fetchFiles(files, { base, get, timers, signal, onBytes, take: (file, bytes, type) => store.write(file, bytes, type) });
  }
}
