import type { HitGroup, HitKind } from './search-hit.ts';
import { SearchIndex } from './search-index.ts';

export interface SearchAsk {
  readonly id: number;
  /** The path of the site, with a slash at its end. */
  readonly base: string;
  readonly term: string;
  readonly whole: readonly HitKind[];
}

/** `groups` is missing where the index could not be asked. */
export interface SearchAnswer {
  readonly id: number;
  readonly groups?: readonly HitGroup[];
}

/** The Worker that holds the search index. After an answer without groups it is of no more use. */
const page = globalThis as unknown as DedicatedWorkerGlobalScope;
let index: Promise<SearchIndex> | undefined;

// pagefind starts in a promise of its own; the search that waits for it gets the same error
page.addEventListener('unhandledrejection', (event) => event.preventDefault());

page.onmessage = async ({ data: { id, base, term, whole } }: MessageEvent<SearchAsk>) => {
  try {
    index ??= SearchIndex.open(base, (address) => import(/* @vite-ignore */ address));
    page.postMessage({ id, groups: await (await index).search(term, whole) } satisfies SearchAnswer);
  } catch {
    page.postMessage({ id } satisfies SearchAnswer);
  }
};
