import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linePattern, maskFault, unmasked } from './mask.ts';

test('a masked value may be any of its shape, and nothing else may differ', () => {
  const cases: [string, string, boolean][] = [
    ['[⟨    2.904318⟩] LSM: on', '[   12.000001] LSM: on', true],
    ['[⟨    2.904318⟩] LSM: on', '[   12.000001] LSM: off', false],
    ['[⟨    2.904318⟩] LSM: on', '[        two] LSM: on', false],
    ['pid ⟨315⟩ (init)', 'pid 7 (init)', true],
    ['pid ⟨315⟩ (init)', 'pid 7.5 (init)', false],
    ['⟨5b0071ab-1e00-4d3a-9b1e-000000000001⟩', '864658e6-4f04-4d6a-ac94-08762081db59', true],
    ['at ⟨c1234abc⟩', 'at c0fe0123', true],
    ['at ⟨0xc1234abc⟩', 'at c0fe0123', false],
    ['⟨09:30:02⟩ up', '11:12:13 up', true],
    ['⟨Nov 24 07:09⟩ x', 'Dec  1 17:00 x', true],
    ['⟨Tue Nov 24 07:09:42 UTC 2026⟩', 'Wed Dec  2 07:09:42 UTC 2026', true],
    ['⟨10.0.2.15⟩/24', '192.168.1.1/24', true],
    ['⟨11.2M⟩ free', '980K free', true],
    ['a.b (c)', 'a.b (c)   ', true],
    ['a.b', 'axb', false],
  ];
  for (const [shown, printed, fits] of cases) assert.equal(linePattern(shown).test(printed), fits, `${shown} / ${printed}`);
});

test('the reader sees the value, not the brackets', () => {
  assert.equal(unmasked('[⟨  2.9⟩] ⟨12⟩ x'), '[  2.9] 12 x');
});

test('a mask stands for one value', () => {
  assert.equal(maskFault('[⟨  2.9⟩] x'), undefined);
  assert.equal(maskFault('⟨864658e6-4f04-4d6a-ac94-08762081db59⟩'), undefined);
  assert.match(maskFault('⟨anything at all⟩')?.found ?? '', /as wide as the line/);
  assert.match(maskFault('root ⟨ext4 rw⟩ x')?.found ?? '', /the mask "ext4 rw"/);
  assert.match(maskFault('⟨⟩ x')?.found ?? '', /the mask ""/);
  assert.match(maskFault('⟨12 x')?.found ?? '', /other half/);
});
