import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameReader } from './frame.ts';
import { ScriptRun } from './script-run.ts';

function announcedLimit(timeout: number): number {
  const reader = new FrameReader();
  const limits: number[] = [];
  new ScriptRun(1, 'true', undefined, timeout, (bytes) => {
    for (const { type, payload } of reader.push(bytes)) if (type === 'R') limits.push(new DataView(payload.buffer).getUint32(0, true));
  });
  assert.equal(limits.length, 1);
  return limits[0] ?? NaN;
}

test('the agent is told a limit well after the caller’s own', () => {
  assert.equal(announcedLimit(30_000), 120_000);
});

test('a limit that does not fit the frame is none: it must not come out as a minute', () => {
  assert.equal(announcedLimit(2 ** 31 - 1), 0);
});
