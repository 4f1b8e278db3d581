import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareOutput } from './compare-output.ts';

const compare = (shown: string, printed: string) => compareOutput(shown === '' ? [] : shown.split('\n'), printed === '' ? [] : printed.split('\n'));

test('what is printed as shown does not differ', () => {
  for (const [shown, printed] of [
    ['', ''], ['a\nb', 'a\nb'], ['a ⟨1⟩', 'a 77'], ['…', 'x'], ['a\n…\nc', 'a\nb\nb\nc'], ['a\n…\nc', 'a\nc\nb\nc'], ['…\nc', 'a\nb\nc'], ['a\n…', 'a\nb'],
  ] as const) assert.equal(compare(shown, printed), undefined, `${shown} / ${printed}`);
});

test('the first difference is named', () => {
  assert.deepEqual(compare('a\nb', 'a\nc'), { shown: 1, printed: 1, expected: 'b', found: 'c' });
  assert.deepEqual(compare('a', 'a\nb'), { shown: 1, printed: 1, expected: 'nothing more', found: 'b' });
  assert.deepEqual(compare('a\nb', 'a'), { shown: 1, printed: 1, expected: 'b', found: 'nothing more' });
  assert.equal(compare('a\n…\nb', 'a\nb')?.expected, 'b');
  assert.equal(compare('a\n…', 'a')?.expected, '…');
  assert.equal(compare('', 'x')?.found, 'x');
});
