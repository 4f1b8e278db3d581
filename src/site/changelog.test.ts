import assert from 'node:assert/strict';
import { test } from 'node:test';
import changelog from '../../content/changelog.ts';

test('days are days, each once, the newest first, none of them empty', () => {
  const dates = changelog.map(({ date }) => date);
  for (const date of dates) assert.equal(new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10), date);
  assert.deepEqual(dates, [...new Set(dates)].sort().reverse());
  for (const { date, changes } of changelog) assert.ok(changes.length > 0 && changes.every((change) => /^[A-Z].*\.$/.test(change)), `${date}: write each change as a sentence`);
});
