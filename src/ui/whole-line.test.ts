import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wholeLine } from './whole-line.ts';

const rows = (...all: readonly [text: string, isWrapped: boolean][]) => ({
  getLine: (row: number) => {
    const [text, isWrapped] = all[row] ?? [];
    return text === undefined || isWrapped === undefined ? undefined : { isWrapped, translateToString: (trim: boolean) => (trim ? text.trimEnd() : text) };
  },
});

test('a line that was wrapped is one line, its spaces kept', () => {
  const screen = rows(['before    ', false], ['a long li ', false], ['ne  that  ', true], ['ends      ', true]);
  assert.equal(wholeLine(screen, 3), 'a long li ne  that  ends');
  assert.equal(wholeLine(screen, 0), 'before');
});

test('rows that have scrolled away are no part of it', () => {
  assert.equal(wholeLine(rows(['the rest', true]), 0), 'the rest');
  assert.equal(wholeLine(rows(), 5), '');
});
