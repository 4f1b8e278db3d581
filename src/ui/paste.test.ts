import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pasted } from './paste.ts';

test('a line is pasted as it is', () => {
  assert.deepEqual(pasted('ls -l\t/tmp', false), { text: 'ls -l\t/tmp', question: undefined });
});

test('lines that the shell shows first are not asked about; lines that run at once are', () => {
  assert.equal(pasted('a\nb', true).question, undefined);
  assert.match(pasted('a\r\nb\r\n', false).question ?? '', /^Paste 2 lines\?/);
  assert.match(pasted('reboot\n', false).question ?? '', /^Paste a line and its end\?/);
  assert.equal(pasted('a\r\nb', true).text, 'a\nb');
});

test('no escape sequence comes out of a clipboard', () => {
  assert.equal(pasted('echo \x1b[201~rm -rf /\x03\x9b2J\x7f', true).text, 'echo [201~rm -rf /2J');
});
