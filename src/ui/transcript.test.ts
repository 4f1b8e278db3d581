import { test } from 'node:test';
import assert from 'node:assert/strict';
import { plainTranscript } from './transcript.ts';

test('a transcript for an editor holds lines and nothing that moves a cursor', () => {
  assert.equal(plainTranscript('\x1b[?2004hroot@node-1:~# ls\r\n\x1b[0m\x1b[01;34mbin\x1b[0m\x07\r\r\nünï\r\n'), 'root@node-1:~# ls\nbin\nünï\n');
});
