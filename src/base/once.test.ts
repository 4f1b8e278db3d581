import assert from 'node:assert/strict';
import { test } from 'node:test';
import { once } from './once.ts';

test('work is done once, and anew only after it has failed', async () => {
  let calls = 0;
  const get = once(async () => {
    calls++;
    if (calls === 1) throw new Error('lost');
    return calls;
  });
  await assert.rejects(get(), /lost/);
  assert.deepEqual(await Promise.all([get(), get()]), [2, 2]);
  assert.equal(await get(), 2);
  assert.equal(calls, 2);
});

test('who tries again as soon as it fails is not begun twice by others who waited', async () => {
  let calls = 0;
  const get = once(async () => {
    calls++;
    if (calls === 1) throw new Error('lost');
  });
  await Promise.all([1, 2, 3].map(() => get().catch(() => get())));
  await get();
  assert.equal(calls, 2);
});
