import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import type { CheatRow } from '../lab/cheat-sheet.ts';
import { problemSentence } from '../lab/author-error.ts';
import { cheatSheetProblems } from './cheat-sheet.ts';

const page = { id: 'node', file: 'content/140-node/index.mdx', text: '```console\n# uname -r\n6.12\n# echo a \\\n> b\na b\n```\n\n```console recorded="kubectl 1.36"\n# kubectl get nodes\n```\n' };
const row = (command: string, on = 'node'): CheatRow => ({ command, on, asks: 'What?', healthy: 'This.', otherwise: 'That.' });
const sentences = (...rows: CheatRow[]): string[] => cheatSheetProblems([{ title: 'Kernel', rows }], [page]).map(problemSentence);

test('commands that the page types stand on the sheet', () => {
  deepEqual(sentences(row('uname -r'), row('echo a \\\nb')), []);
});

test('a command that no proof runs is refused: one that the page does not type, and one that it only shows', () => {
  equal(sentences(row('uname -a'))[0], 'content/cheat-sheet.ts: expected a command that a console block of node types, found uname -a. Write it as the page does, or show it there.');
  equal(sentences(row('kubectl get nodes')).length, 1);
});

test('a page that is not there is named, and so is a command that stands there twice', () => {
  equal(sentences(row('uname -r', 'boot'))[0], 'content/cheat-sheet.ts: expected a command that a console block of boot types, found uname -r. There is no page boot: name the one that shows it.');
  equal(sentences(row('uname -r'), row('uname -r'))[0], 'content/cheat-sheet.ts: expected each command once, found uname -r twice. Take one of the two out.');
});
