import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { HitKind } from './search-hit.ts';
import { IndexLost, SearchIndex } from './search-index.ts';

const answers: Readonly<Record<HitKind, readonly number[]>> = { page: [3, 2], lab: [], term: [9], command: [5, 4, 3, 2, 1, 1] };

/** A script as pagefind's is one: it fetches by the global fetch, and is silent about what did not come. */
const script = {
  createInstance: ({ basePath }: { basePath: string }) => ({
    async search(_term: string, { filters: { kind } }: { filters: { kind: HitKind } }) {
      await fetch(`${basePath}pagefind-entry.json?ts=`);
      const chunk = await fetch(`${basePath}index/${kind}.pf_index`).then(() => true, () => false);
      return {
        results: (chunk ? answers[kind] : []).map((score) => ({
          score, data: async () => ({ url: `/${kind}/${score}`, excerpt: 'x', weighted_locations: [], meta: { title: kind }, sub_results: [] }),
        })),
      };
    },
  }),
};

function network(context: TestContext, answer: (address: string) => Response | Promise<Response>): string[] {
  const asked: string[] = [];
  context.mock.method(globalThis, 'fetch', async (address: string) => {
    asked.push(address);
    return answer(address);
  });
  return asked;
}

test('kinds come with the best first, four of each until more are wanted', async (context) => {
  const asked = network(context, () => new Response('x'));
  const index = await SearchIndex.open('/course/', async () => script);
  const groups = await index.search('x', []);
  assert.deepEqual(groups.map(({ kind, total, hits }) => [kind, total, hits.length]), [['term', 1, 1], ['command', 6, 4], ['page', 2, 2]]);
  assert.equal((await index.search('x', ['command'])).find(({ kind }) => kind === 'command')?.hits.length, 6);
  assert.ok(asked.includes('/course/pagefind/pagefind-entry.json'), 'the first file has a plain address, which a cache can know');
});

test('a part that did not come is never taken for a part without matches', async (context) => {
  const faults: readonly ((address: string) => Response | Promise<Response>)[] = [
    () => new Response('no', { status: 404 }),
    () => new Response('<p>Sign in</p>', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
    () => Promise.reject(new TypeError('Failed to fetch')),
  ];
  for (const fault of faults) {
    network(context, (address) => (address.endsWith('term.pf_index') ? fault(address) : new Response('x')));
    const index = await SearchIndex.open('/', async () => script);
    await assert.rejects(index.search('x', []), IndexLost);
    context.mock.restoreAll();
  }
});

test('a script that does not come is a lost index', async (context) => {
  network(context, () => new Response('x'));
  await assert.rejects(SearchIndex.open('/', () => Promise.reject(new TypeError('gone'))), IndexLost);
});
