import { once } from '../base/once.ts';
import type { Checkpoint } from './checkpoint.ts';

/** Where checkpoints lie. A store that fails to add keeps what it had. */
export interface CheckpointStore {
  list(): Promise<Checkpoint[]>;
  read(id: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  add(checkpoint: Checkpoint, state: Uint8Array<ArrayBuffer>): Promise<void>;
  delete(id: string): Promise<void>;
}

/** In this tab only: automatic checkpoints, and all of them where the browser gives no storage. */
export class TabStore implements CheckpointStore {
  readonly #kept = new Map<string, readonly [Checkpoint, Uint8Array<ArrayBuffer>]>();

  async list(): Promise<Checkpoint[]> {
    return [...this.#kept.values()].map(([checkpoint]) => checkpoint);
  }

  async read(id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#kept.get(id)?.[1];
  }

  async add(checkpoint: Checkpoint, state: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#kept.set(checkpoint.id, [checkpoint, state]);
  }

  async delete(id: string): Promise<void> {
    this.#kept.delete(id);
  }
}

const HEADS = 'heads';
const STATES = 'states';

/** In the browser's IndexedDB: a list that is read at once, and the states, each read when it is wanted. */
export class BrowserStore implements CheckpointStore {
  readonly #database = once(open);

  async list(): Promise<Checkpoint[]> {
    return this.#do('readonly', (heads) => heads.getAll() as IDBRequest<Checkpoint[]>);
  }

  async read(id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#do('readonly', (_, states) => states.get(id) as IDBRequest<Uint8Array<ArrayBuffer> | undefined>);
  }

  async add(checkpoint: Checkpoint, state: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#do('readwrite', (heads, states) => {
      states.add(state, checkpoint.id);
      return heads.add(checkpoint);
    });
  }

  async delete(id: string): Promise<void> {
    await this.#do('readwrite', (heads, states) => {
      states.delete(id);
      return heads.delete(id);
    });
  }

  /** Both or neither: resolves when the transaction is complete. */
  async #do<T>(mode: IDBTransactionMode, work: (heads: IDBObjectStore, states: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const transaction = (await this.#database()).transaction([HEADS, STATES], mode);
    return new Promise((resolve, reject) => {
      transaction.onabort = () => reject(transaction.error ?? new DOMException('The browser gave the storage up.', 'AbortError'));
      try {
        const request = work(transaction.objectStore(HEADS), transaction.objectStore(STATES));
        transaction.oncomplete = () => resolve(request.result);
      } catch (error) {
        transaction.abort();
        reject(error);
      }
    });
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('bootable-checkpoints', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(HEADS, { keyPath: 'id' });
      request.result.createObjectStore(STATES);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
