import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { pageSources, sourcesHash } from './sources.ts';
import { readStamps, standing, writeStamps, type Stamp } from './stamp.ts';

function course(context: { after(run: () => void): void }): { root: string; put(file: string, text: string): void } {
  const root = mkdtempSync(join(tmpdir(), 'stamp-'));
  context.after(() => rmSync(root, { recursive: true }));
  const put = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  put('content/010-a/index.mdx', 'words');
  put('content/010-a/quiz.ts', 'export default 1;');
  put('content/010-a/020-b/page.mdx', 'words');
  put('content/010-a/020-b/lab.ts', "import { x } from '../../../src/lab/x.ts';");
  put('content/010-a/020-b/guest/hog.c', 'int main;');
  put('src/lab/x.ts', "export * from './y.ts';");
  put('src/lab/y.ts', '1');
  put('src/lab/other.ts', '1');
  return { root, put };
}

test('a module is its own files, a lab its folder and what that imports', (context) => {
  const { root } = course(context);
  assert.deepEqual(pageSources(root, 'content/010-a/index.mdx'), ['content/010-a/index.mdx', 'content/010-a/quiz.ts']);
  assert.deepEqual(pageSources(root, 'content/010-a/020-b/page.mdx'),
    ['content/010-a/020-b/guest/hog.c', 'content/010-a/020-b/lab.ts', 'content/010-a/020-b/page.mdx', 'src/lab/x.ts', 'src/lab/y.ts']);
});

test('an import that leads nowhere is told with the file that has it', (context) => {
  const { root, put } = course(context);
  put('content/010-a/020-b/lab.ts', "import { x } from '../../../src/lab/x';");
  assert.throws(() => pageSources(root, 'content/010-a/020-b/page.mdx'), /020-b\/lab\.ts: expected imports .* found "src\/lab\/x"/);
});

test('whatever makes the page changes its hash, and nothing else does', (context) => {
  const { root, put } = course(context);
  const now = (): string => sourcesHash(root, pageSources(root, 'content/010-a/020-b/page.mdx'));
  let last = now();
  put('src/lab/other.ts', '2');
  put('content/010-a/index.mdx', 'others');
  put('content/010-a/020-b/page.mdx', 'words');
  assert.equal(now(), last);
  for (const [file, text] of [['src/lab/y.ts', '2'], ['content/010-a/020-b/guest/hog.c', 'int main ;'], ['content/010-a/020-b/new.txt', '']] as const) {
    put(file, text);
    assert.notEqual(now(), last, file);
    last = now();
  }
});

const stamp: Stamp = { sources: 'a', image: 'b', kernel: '6', commit: 'c', changed: false, date: '2026-11-24', commands: 1, checks: 2, attempts: 3 };

test('a stamp stands while page and image are what they were', () => {
  assert.equal(standing(undefined, stamp), 'never');
  assert.equal(standing(stamp, stamp), 'proven');
  assert.equal(standing(stamp, { ...stamp, image: 'x' }), 'changed');
  assert.equal(standing(stamp, { ...stamp, sources: 'x' }), 'changed');
});

test('stamps are kept in a file, which is refused when it is another', (context) => {
  const { root, put } = course(context);
  assert.deepEqual(readStamps(root), {});
  writeStamps(root, { b: stamp, a: stamp });
  assert.deepEqual(Object.keys(readStamps(root)), ['a', 'b']);
  put('content/proof.json', '{');
  assert.throws(() => readStamps(root), /content\/proof\.json is not JSON\. Take it back from git/);
  put('content/proof.json', '{"version":2}');
  assert.throws(() => readStamps(root), /not a record of proofs, version 1/);
});
