import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageOf } from './page-of.ts';
import { publication, type Place } from './publication.ts';

const nav = (base: string): string => `<nav class="side"><a href="${base}">Front page</a><a href="${base}node/">Node</a><a href="${base}node/drift/">Drift</a></nav>`;

async function files(place: Place): Promise<Map<string, string>> {
  const proven = '<p class="stamp"><time datetime="2026-11-24" data-proven>24 November 2026</time></p>';
  const pages = [
    pageOf('', '<h1>Front</h1>', { kind: 'front', description: 'A course.' }),
    pageOf('about/', '<h1>About</h1>', { kind: 'plain', description: 'What it is made of.' }),
    pageOf('node/', `<h1>Node</h1><p><a href="${place.base}node/drift/">lab</a></p>`, { description: 'A module.', nav: nav(place.base) }),
    pageOf('node/drift/', `<h1>Drift</h1>${proven}`, { kind: 'lab', description: 'A lab.', nav: nav(place.base) }),
  ];
  return new Map((await publication(pages, place)).map(({ path, content }) => [path, String(content)]));
}

test('a site that knows its origin names it everywhere', async () => {
  const all = await files({ site: 'https://example.org', base: '/' });
  assert.match(all.get('sitemap.xml') ?? '', /<loc>https:\/\/example\.org\/node\/drift\/<\/loc><lastmod>2026-11-24<\/lastmod>/);
  assert.equal(all.get('sitemap.xml')?.match(/<url>/g)?.length, 4);
  assert.match(all.get('robots.txt') ?? '', /\nSitemap: https:\/\/example\.org\/sitemap\.xml\n$/);
  assert.match(all.get('llms.txt') ?? '', /\(https:\/\/example\.org\/node\/index\.md\): A module\.\n {2}- \[Drift\]\(https:\/\/example\.org\/node\/drift\/index\.md\): A lab\. \(proven 2026-11-24\)\n/);
  assert.match(all.get('node/index.md') ?? '', /\[lab\]\(https:\/\/example\.org\/node\/drift\/\)/);
});

test('a site that does not know it names no host, and has no sitemap', async () => {
  const all = await files({ site: undefined, base: '/' });
  assert.equal(all.has('sitemap.xml'), false);
  assert.doesNotMatch(all.get('robots.txt') ?? 'Sitemap', /Sitemap/);
  for (const [path, content] of all) if (/\.(md|txt)$/.test(path)) assert.doesNotMatch(content, /https?:/, path);
});

test('below a path the addresses have it, and there is no robots.txt that nobody would ask for', async () => {
  const all = await files({ site: 'https://example.org', base: '/course/' });
  assert.equal(all.has('robots.txt'), false);
  assert.match(all.get('sitemap.xml') ?? '', /<loc>https:\/\/example\.org\/course\/<\/loc>/);
  assert.match(all.get('llms.txt') ?? '', /^# Bootable\n\n> A course\.\n/);
  assert.match(all.get('llms.txt') ?? '', /\n## Optional\n\n- \[About\]\(https:\/\/example\.org\/course\/about\/index\.md\): What it is made of\.\n$/);
});
