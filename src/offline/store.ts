import { storageError } from './error.ts';
import type { Shelf } from './shelf.ts';
import type { SiteFile, SiteList } from './site-list.ts';

/** The version that is served when the network is not asked. */
export interface Standing {
  readonly version: 1;
  readonly served: SiteList;
  /** Whether all of its disk is stored. */
  readonly whole: boolean;
  /** Versions that tabs opened earlier may still be showing. */
  readonly older: readonly SiteList[];
}

export interface StoreParts {
  readonly files: Shelf;
  /** Where the machine keeps its chunks: they are stored once. */
  readonly chunks: Shelf;
  readonly chunkKey: (hash: string) => string;
}

const STANDING = '/bootable-offline/standing';
const CHUNK = /^image\/chunks\/.*\b([0-9a-f]{32})\./;

/** Files by their hash, so that two versions share what is the same, and one record that says which version is served. */
export class OfflineStore {
  readonly #parts: StoreParts;

  constructor(parts: StoreParts) {
    this.#parts = parts;
  }

  async standing(): Promise<Standing | undefined> {
    return (await this.#parts.files.get(STANDING))?.json() as Promise<Standing | undefined>;
  }

  /** The whole change in one record: a version is served entirely or not at all. Throws OfflineError. */
  async stand(standing: Standing): Promise<void> {
    await this.#parts.files.put(STANDING, Response.json(standing)).catch((cause: unknown) => { throw storageError(cause); });
  }

  read(file: SiteFile): Promise<Response | undefined> {
    const { shelf, key } = this.#place(file);
    return shelf.get(key);
  }

  /** Throws OfflineError: `full` or `forbidden`. */
  async write(file: SiteFile, bytes: Uint8Array<ArrayBuffer>, type: string): Promise<void> {
    const { shelf, key } = this.#place(file);
    await shelf.put(key, new Response(bytes, { headers: { 'content-type': type } })).catch((cause: unknown) => { throw storageError(cause); });
  }

  async drop(file: SiteFile): Promise<void> {
    const { shelf, key } = this.#place(file);
    await shelf.delete(key);
  }

  /** A question that is asked of many files at once: is it stored? Throws OfflineError. */
  async held(): Promise<(file: SiteFile) => boolean> {
    const keys = await Promise.all([this.#parts.files.keys(), this.#parts.chunks.keys()]).catch((cause: unknown) => { throw storageError(cause); });
    const all = new Set(keys.flat());
    return (file) => all.has(this.#place(file).key);
  }

  /** Drops every file but these; the chunks only when `chunks` says that they are among them. */
  async keepOnly(files: readonly SiteFile[], chunks: boolean): Promise<void> {
    const kept = new Set([STANDING, ...files.map((file) => this.#place(file).key)]);
    for (const shelf of chunks ? [this.#parts.files, this.#parts.chunks] : [this.#parts.files])
      for (const key of await shelf.keys()) if (!kept.has(key)) await shelf.delete(key);
  }

  #place({ path, hash }: SiteFile): { shelf: Shelf; key: string } {
    const chunk = CHUNK.exec(path)?.[1];
    if (chunk) return { shelf: this.#parts.chunks, key: this.#parts.chunkKey(chunk) };
    // With the ending: two empty files of different kinds are not the same file.
    return { shelf: this.#parts.files, key: `/bootable-offline/${hash}${/\.\w+$/.exec(path)?.[0] ?? '.html'}` };
  }
}

/** The file that an address means, in the version that is served or, for a tab of an earlier one, in that. */
export function fileAt({ served, older }: Standing, path: string): SiteFile | undefined {
  for (const { pages, machine } of [served, ...older]) {
    const found = [...pages, ...machine].find((file) => file.path === path);
    if (found) return found;
  }
  return undefined;
}
