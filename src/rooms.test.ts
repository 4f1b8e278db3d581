import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

// The house is a table of who may import whom, and this test is the law. A room that needs more needs a reason first.

interface Room {
  /** Rooms whose values and types it may import; its own files are always free. */
  readonly rooms: readonly string[];
  /** Rooms of which it may import types only. Everywhere else a type-only import counts like any other. */
  readonly types?: readonly string[];
  /** Packages, by name; `node:` stands for all of Node, `astro:` for all of Astro's virtual modules. */
  readonly packages?: readonly string[];
}

/** What a unit test may import besides what its room may. */
const testPackages = ['node:'];

const table: Readonly<Record<string, Room>> = {
  'src/base': { rooms: [] },
  'src/lab': { rooms: ['src/base'] },
  'src/machine': { rooms: ['src/base'], packages: ['v86', 'node:'] },
  'src/check': { rooms: ['src/base', 'src/lab'], types: ['src/machine'] },
  'src/progress': { rooms: ['src/base', 'src/lab'] },
  'src/offline': { rooms: ['src/base', 'src/machine/cache-storage.ts'], packages: ['node:'] },
  'src/stamp': { rooms: ['src/base'], packages: ['node:'] },
  'src/proof': { rooms: ['src/base', 'src/lab', 'src/machine', 'src/check', 'src/stamp'], packages: ['node:', 'yaml', 'parse5', 'html-validate'] },
  /** What is made of the built pages. Of the page's code it knows the kinds of results that the search shows. */
  'src/publish': {
    rooms: [],
    types: ['src/ui'],
    packages: ['node:', 'astro', 'pagefind', 'unified', 'rehype-parse', 'rehype-remark', 'remark-gfm', 'remark-stringify'],
  },
  'src/ui': {
    rooms: ['src/base', 'src/lab', 'src/machine', 'src/check', 'src/progress', 'src/offline'],
    packages: ['@xterm/xterm', '@xterm/addon-fit'],
  },
  'src/site': { rooms: ['src/lab', 'src/ui', 'src/stamp', 'src/offline', 'src/pages', 'content'], packages: ['astro', 'astro:', '@astrojs/mdx', 'shiki', '@hpcc-js/wasm-graphviz', 'node:'] },
  'src/pages': { rooms: ['src/lab', 'src/ui', 'src/stamp', 'src/site', 'content'], packages: ['astro', 'astro:', 'shiki'] },
  /** `content` for the cheat sheet, which is no page and has no folder to be found by. */
  'src/command': {
    rooms: ['src/base', 'src/lab', 'src/machine', 'src/check', 'src/proof', 'src/stamp', 'src/image', 'content'],
    packages: ['node:', 'playwright', 'astro'],
  },
  'src/image': { rooms: ['src/base', 'src/machine/disk-index.ts'], packages: ['node:'] },
  /** Files of no room: Astro wants its collections here. */
  'src': { rooms: ['src/site', 'src/lab'], packages: ['astro:', 'astro', 'typescript', 'node:'] },
  'content': { rooms: ['src/lab'] },
  'e2e': {
    rooms: ['src/base', 'src/lab', 'src/machine', 'src/check', 'src/progress', 'src/offline', 'src/proof', 'src/stamp'],
    packages: ['node:', 'playwright', 'axe-core'],
  },
};

/** Packages that one file alone may import: a vendor lives behind one door. */
const oneDoor: readonly string[] = ['@xterm/xterm', '@xterm/addon-fit'];

const root = join(import.meta.dirname, '..');

interface Import {
  readonly file: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

/** The scripts of a file: all of it, or what an Astro or MDX file holds. */
function scripts(file: string, text: string): string {
  if (file.endsWith('.astro')) {
    const fence = /^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? '';
    return [fence, ...[...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1])].join('\n;\n');
  }
  return file.endsWith('.mdx') ? text.split('\n').filter((line) => /^(import|export) /.test(line)).join('\n') : text;
}

/** Every module a file names: import, export from, import(), types by import(''), and new URL('', import.meta.url). */
function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node | undefined, typeOnly: boolean) => {
    if (node !== undefined && ts.isStringLiteralLike(node)) found.push({ file, to: node.text, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false);
    else if (ts.isNewExpression(node) && node.expression.getText() === 'URL' && node.arguments?.[1]?.getText() === 'import.meta.url') {
      add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, scripts(file, text), ts.ScriptTarget.Latest, true));
  return found;
}

const files = globSync(['src/**/*.{ts,mts,mjs,js,astro}', 'content/**/*.{ts,mdx}', 'e2e/**/*.ts'], { cwd: root }).sort();
const within = (path: string, room: string): boolean => path === room || path.startsWith(`${room}/`);
const roomOf = (file: string): string =>
  Object.keys(table).filter((room) => within(file, room)).sort((a, b) => b.length - a.length)[0] ?? 'none';

/** Why an import is against the law; undefined when it is within. */
function breach({ file, to, typeOnly }: Import): string | undefined {
  const name = roomOf(file);
  const room = table[name];
  if (room === undefined) return `${file} lies in no room: add its folder to the table in src/rooms.test.ts.`;
  if (to.startsWith('.')) {
    const target = normalize(join(dirname(file), to));
    if (roomOf(target) === name || roomOf(target) === 'none') return undefined; // none: data, such as public/
    const allowed = [...room.rooms, ...(typeOnly ? room.types ?? [] : [])].some((other) => within(target, other));
    return allowed ? undefined : `${file} imports ${target}${typeOnly ? ' (types)' : ''}, which ${name} must not know.`;
  }
  const packages = [...(room.packages ?? []), ...(file.endsWith('.test.ts') ? testPackages : [])];
  const allowed = packages.some((one) => (one.endsWith(':') ? to.startsWith(one) : within(to, one)));
  return allowed ? undefined : `${file} imports the package "${to}", which ${name} must not know.`;
}

const imports = files.flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')));

test('every import keeps to the table of rooms', () => {
  assert.deepEqual(imports.map(breach).filter((sentence) => sentence !== undefined), []);
});

test('a vendor behind one door is imported by one file only', () => {
  for (const vendor of oneDoor) {
    const doors = new Set(imports.filter(({ to }) => within(to, vendor) && !to.endsWith('.css')).map(({ file }) => file));
    assert.ok(doors.size <= 1, `${vendor} is imported by ${[...doors].join(', ')}: keep it behind one of them.`);
  }
});

test('no file of code is longer than 250 lines', () => {
  const long = files.filter((file) => !file.endsWith('.mdx') && readFileSync(join(root, file), 'utf8').split('\n').length > 251);
  assert.deepEqual(long, [], 'Split it: one noun a file.');
});

test('the law would notice a breach', () => {
  const breaches = [
    importsOf('src/check/x.ts', "import { a } from '../machine/error.ts'; import type { Guest } from '../machine/guest.ts';"),
    importsOf('src/lab/x.ts', "export * from '../check/run.ts'; type A = import('../machine/guest.ts').Guest; await import('node:fs');"),
    importsOf('content/140-node/010-evidence/lab.ts', "import type { Lab } from '../../../src/lab/lab.ts'; import '../../../src/base/store.ts';"),
    importsOf('src/pages/x.astro', "---\nimport { b } from '../machine/guest.ts';\n---\n<script>import '../check/run.ts';</script>"),
    importsOf('src/machine/x.ts', "new Worker(new URL('../ui/worker.ts', import.meta.url));"),
  ].map((list) => list.map(breach).filter((sentence) => sentence !== undefined).length);
  assert.deepEqual(breaches, [1, 3, 1, 2, 1]);
});
