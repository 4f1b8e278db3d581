import { HIT_KINDS, hitOf, type Found, type HitGroup, type HitKind } from './search-hit.ts';

/** What pagefind's own script gives; `data` fetches the text of a result. */
interface PagefindScript {
  createInstance(options: { basePath: string; baseUrl: string; metaCacheTag: string; noWorker: boolean }): {
    search(term: string, options: { filters: { kind: HitKind } }): Promise<{ results: readonly { readonly score: number; data(): Promise<Found> }[] }>;
  };
}

type Network = (address: string, init?: RequestInit) => Promise<Response>;

/** How many results of a kind are shown at first. */
const FIRST = 4;

/** Nothing can be said of what was asked: a part of the index did not come. */
export class IndexLost extends Error {
  override readonly name = 'IndexLost';
}

/**
 * The search index of the site, in a thread of its own: pagefind fetches by the global `fetch`, and takes a part that did not come
 * for one that holds no match. So this thread has a `fetch` that remembers; where something is missing, a search throws IndexLost.
 */
export class SearchIndex {
  readonly #pagefind: ReturnType<PagefindScript['createInstance']>;
  readonly #network: WatchedNetwork;

  private constructor(pagefind: ReturnType<PagefindScript['createInstance']>, network: WatchedNetwork) {
    this.#pagefind = pagefind;
    this.#network = network;
  }

  /** `base` is the path of the site, with a slash at its end. Throws IndexLost. */
  static async open(base: string, load: (address: string) => Promise<unknown>): Promise<SearchIndex> {
    const network = new WatchedNetwork(globalThis.fetch.bind(globalThis));
    globalThis.fetch = (address) => network.fetch(String(address));
    const script = await load(`${base}pagefind/pagefind.js`).catch((cause: unknown) => {
      throw new IndexLost('The script of the search index did not come.', { cause });
    }) as PagefindScript;
    return new SearchIndex(script.createInstance({ basePath: `${base}pagefind/`, baseUrl: base, metaCacheTag: '', noWorker: true }), network);
  }

  /** The kinds that have results, the best first. Of a kind in `whole` all are given, of others the first four. */
  async search(term: string, whole: readonly HitKind[]): Promise<HitGroup[]> {
    try {
      const groups = await Promise.all(HIT_KINDS.map(async (kind) => {
        const { results } = await this.#pagefind.search(term, { filters: { kind } });
        const shown = whole.includes(kind) ? results : results.slice(0, FIRST);
        const hits = await Promise.all(shown.map(async (result) => hitOf(await result.data())));
        return { score: results[0]?.score ?? 0, group: { kind, total: results.length, hits } };
      }));
      if (this.#network.lost) throw this.#network.lost;
      return groups.filter(({ group }) => group.total > 0).sort((a, b) => b.score - a.score).map(({ group }) => group);
    } catch (cause) {
      throw new IndexLost('A part of the search index did not come.', { cause });
    }
  }
}

class WatchedNetwork {
  lost: unknown;
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  /** The first file names the others, which have a hash: it is asked for anew each time, under its plain address. */
  async fetch(address: string): Promise<Response> {
    const [plain = address] = address.split('?');
    try {
      const response = await this.#network(plain, plain.endsWith('.json') ? { cache: 'no-cache' } : {});
      // A page in place of a file is a network that wants a sign-in, or a host that has a page for what it lacks.
      if (!response.ok || response.headers.get('content-type')?.startsWith('text/html')) throw new TypeError(`${response.status} for ${plain}`);
      return response;
    } catch (error) {
      this.lost ??= error;
      throw error;
    }
  }
}
