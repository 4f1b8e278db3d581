import { test } from 'node:test';
import assert from 'node:assert/strict';
import { atPrompt, plainTranscript } from './transcript.ts';

test('a prompt is a prompt, coloured or not', () => {
  for (const text of ['root@node-1:~# ', 'x\r\nstudent@node-1:/tmp$ ', '# ', '\x1b[?2004hroot@node-1:~# ', '\x1b[1;32mroot@node-1\x1b[0m:~# ', 'for x in 1\r\n> '])
    assert.equal(atPrompt(text), true, JSON.stringify(text));
});

test('what is being typed or printed is none', () => {
  for (const text of ['', 'root@node-1:~# uname', 'root@node-1:~# uname\r\n', 'Password: ', 'x > ', '\r\n## '])
    assert.equal(atPrompt(text), false, JSON.stringify(text));
});

test('a transcript for an editor holds lines and nothing that moves a cursor', () => {
  assert.equal(plainTranscript('\x1b[?2004hroot@node-1:~# ls\r\n\x1b[0m\x1b[01;34mbin\x1b[0m\x07\r\r\nünï\r\n'), 'root@node-1:~# ls\nbin\nünï\n');
});
