import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proofTable } from './proof-table.ts';

test('the table has a row a page, a sum, and the reasons of what was not run', () => {
  const page = { problems: [], commands: 3, compared: 12, checks: 0, attempts: 0, took: 9 };
  assert.deepEqual(proofTable([
    { ...page, id: 'node', notRun: [{ where: 'content/x:9', why: 'not run: needs x86-64' }] },
    { ...page, id: 'node/evidence', notRun: [], checks: 120, attempts: 60, problems: [{ where: 'x', expected: 'y', found: 'z', mend: 'M.' }] },
  ]), [
    'page           commands  lines  not run  checks  wrong  seconds',
    'node                  3     12        1       0      0        9  proven',
    'node/evidence         3     12        0     120     60        9  FAILED',
    '2 pages               6     24        1     120     60       18  1 proven',
    'content/x:9: not run: needs x86-64',
  ]);
});
