import { test } from 'node:test';
import assert from 'node:assert/strict';
import { progressKey } from '../progress/progress.ts';
import { KEPT } from './returning.ts';

test('the page looks where the progress is kept', () => assert.equal(KEPT, progressKey));
