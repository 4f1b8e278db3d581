import { test } from 'node:test';
import assert from 'node:assert/strict';
import { codeToHtml } from 'shiki';
import { consoleSession } from './session.ts';

const html = (text: string, meta = ''): Promise<string> =>
  codeToHtml(text, { lang: 'console', theme: 'github-light', meta: { __raw: meta }, transformers: [consoleSession()] });

test('prompt, command and output are told apart, the telling line is marked', async () => {
  const page = await html('# uname -r\n6.12\nother', 'mark="6.12"');
  assert.match(page, /<span class="typed"><span class="prompt"># <\/span><b>uname -r<\/b><\/span>\n<mark>6\.12<\/mark>\n<span>other<\/span>/);
});

test('the reader sees a masked value, not its brackets', async () => {
  assert.match(await html('# dmesg\n[⟨  2.9⟩] x\n…'), /<span>\[<span class="varies"> {2}2\.9<\/span>\] x<\/span>\n<span class="left-out">…<\/span>/);
});

test('a session that was not run says so', async () => {
  assert.match(await html('# kubectl get nodes', 'recorded="kubectl 1.36, 3 nodes"'), /<pre[^>]*data-session[^>]*><span class="reason">Recorded: kubectl 1\.36, 3 nodes<\/span><code>/);
  assert.match(await html('# x', 'not-run="needs x86-64"'), /Not run here: needs x86-64/);
});
