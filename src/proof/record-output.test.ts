import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareOutput } from './compare-output.ts';
import { likePrompt, recordOutput } from './record-output.ts';

const cases: [string, string[], string[], string[]][] = [
  ['what fits stays, old values included', ['[⟨ 1.5⟩] a', '…'], ['[12.25] a', 'b', 'c'], ['[⟨ 1.5⟩] a', '…']],
  ['a new block gets all lines', [], ['a', 'b'], ['a', 'b']],
  ['one line changes', ['a', 'b', 'c'], ['a', 'x', 'c'], ['a', 'x', 'c']],
  ['a line comes, a line goes', ['a', 'b', 'c'], ['a', 'c', 'd'], ['a', 'c', 'd']],
  ['a changed line keeps its mask', ['[⟨ 1.5⟩] old words', 'z'], ['[ 2.5] new words', 'z'], ['[⟨ 2.5⟩] new words', 'z']],
  ['each mask of a line is kept', ['pid ⟨12⟩ at ⟨0xc01⟩ old'], ['pid 77 at 0xc02 new'], ['pid ⟨77⟩ at ⟨0xc02⟩ new']],
  ['a mask without its place is dropped', ['pid ⟨12⟩'], ['none'], ['none']],
  ['lines left out stay left out', ['a', '…', 'z'], ['b', 'x', 'y', 'z'], ['b', '…', 'z']],
  ['an ellipsis that stands for nothing goes', ['a', '…', 'z'], ['a', 'z'], ['a', 'z']],
];
for (const [name, shown, printed, recorded] of cases) {
  test(`record: ${name}`, () => {
    assert.deepEqual(recordOutput(shown, printed), recorded);
    assert.equal(compareOutput(recorded, printed), undefined);
  });
}

test('record: a printed line that a page would type again is told from the others', () => {
  assert.equal(likePrompt(['CONFIG_A=y', '# CONFIG_B is not set']), '# CONFIG_B is not set');
  assert.equal(likePrompt(['student@node-1:~$ id']), 'student@node-1:~$ id');
  assert.equal(likePrompt(['#include <stdio.h>', '> 3', '#', 'a # b']), undefined);
});
