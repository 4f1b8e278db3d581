import assert from 'node:assert/strict';
import { test } from 'node:test';
import { promptAtEnd } from './prompt.ts';

test('a prompt is a prompt, coloured or not', () => {
  const prompts: [string, string][] = [
    ['root@node-1:~# ', 'root@node-1:~#'],
    ['x\r\nstudent@node-1:/tmp$ ', 'student@node-1:/tmp$'],
    ['\x1b[?2004hroot@node-1:~# ', 'root@node-1:~#'],
    ['\x1b[1;32mroot@node-1\x1b[0m:~# ', 'root@node-1:~#'],
    ['root@node-1:~# \r\x1b[Kroot@node-1:~# ', 'root@node-1:~#'],
    ['\r\nroot@(none):/# ', 'root@(none):/#'],
    ['\r\ngrub> ', 'grub>'],
    ['\r\n(initramfs) ', '(initramfs)'],
  ];
  for (const [text, prompt] of prompts) assert.equal(promptAtEnd(text), prompt, JSON.stringify(text));
});

test('what is being typed or printed is none', () => {
  for (const text of ['', 'root@node-1:~# uname', 'root@node-1:~# uname\r\n', 'Password: ', 'x > ', '\r\n## ', 'a comment\r\n# '])
    assert.equal(promptAtEnd(text), undefined, JSON.stringify(text));
});
