import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { pageOf } from './page-of.ts';
import { entries, searchIndex } from './search-index.ts';

const glossary = pageOf('glossary/', '<h1>Glossary</h1><dl class="glossary"><div id="page-fault"><dt>page fault</dt><dd>The MMU found <code>no</code> translation.</dd></div></dl>');
const sheet = pageOf('cheat-sheet/',
  '<h1>Cheat sheet</h1><dl class="commands"><div id="which"><dt><a href="/boot/">Which parameters?</a> <code>cat /proc/cmdline</code></dt><dd><b>Healthy:</b> yes</dd></div></dl>');
const lab = pageOf('node/drift/', '<h1>Drift</h1><h2 id="same">The same questions</h2><p>Comparing is easy.</p><details class="solution">secretsolution</details>', { kind: 'lab' });

test('terms and commands are entries of their own, at their anchors', () => {
  assert.deepEqual(entries(glossary), [{ url: '/glossary/#page-fault', kind: 'term', title: 'page fault', content: 'The MMU found no translation.' }]);
  assert.deepEqual(entries(sheet), [{ url: '/cheat-sheet/#which', kind: 'command', title: 'cat /proc/cmdline', content: 'Which parameters? Healthy: yes' }]);
  assert.deepEqual(entries(lab), []);
});

test('the index holds every page and entry with its kind, no solution, and no user interface', async () => {
  const files = await searchIndex([glossary, sheet, lab]);
  const fragments = files.filter(({ path }) => path.startsWith('fragment/')).map(({ content }) =>
    JSON.parse(gunzipSync(content).toString().slice('pagefind_dcd'.length)) as { url: string; content: string; filters: { kind: string[] } });
  assert.deepEqual(fragments.map(({ url, filters }) => `${url} ${filters.kind.join()}`).sort(),
    ['/cheat-sheet/ page', '/cheat-sheet/#which command', '/glossary/ page', '/glossary/#page-fault term', '/node/drift/ lab']);
  assert.match(fragments.find(({ url }) => url === '/node/drift/')?.content ?? '', /Comparing is easy/);
  assert.ok(fragments.every(({ content }) => !content.includes('secretsolution')));
  assert.deepEqual(files.map(({ path }) => path.replace(/[0-9a-f]{6,}/, 'HASH')).filter((path) => !path.includes('/')).sort(),
    ['pagefind-entry.json', 'pagefind.en_HASH.pf_meta', 'pagefind.js', 'wasm.en.pagefind']);
});
