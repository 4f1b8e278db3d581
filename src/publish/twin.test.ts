import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageOf } from './page-of.ts';
import { twin } from './twin.ts';

const markdown = (main: string): string => twin(pageOf('node/drift/', main), '/node/drift/', (href) => href).split('\n\n---\n')[0] ?? '';

test('a session keeps its prompts and output, and says why it was not run', () => {
  assert.equal(markdown('<pre class="code" data-language="console" data-session><span class="reason">Recorded: on 3 nodes</span><code><span class="typed"><span class="prompt"># </span><b>uname -r</b></span>\n'
    + '<span>6.12.<span class="varies">107</span>-bootable &lt;x&gt; *y*</span></code></pre>'),
  '_Recorded: on 3 nodes_\n\n```console\n# uname -r\n6.12.107-bootable <x> *y*\n```');
  assert.equal(markdown('<pre class="code" data-language="c"><code>int main;\n</code></pre>'), '```c\nint main;\n```');
});

test('a step is its number, task, fields, hints and solution, without buttons', () => {
  const text = markdown('<lab-step id="step-a"><section><header><p class="step-number">Step 1 of 4</p><h3 id="t">Three nodes</h3></header><div class="task"><p>Collect <code>x</code>.</p></div>'
    + '<div class="fields"><div><label for="f">How many</label><input id="f" type="text"></div><fieldset><legend>Which</legend><label><input type="radio"> one</label><label><input type="radio"> two</label></fieldset></div>'
    + '<div class="actions"><button>Check this step</button><span class="without">Needs JavaScript.</span></div><div class="verdict"></div>'
    + '<details class="hints"><summary>Hints (1)</summary><ol><li>Compare.</li></ol></details>'
    + '<details class="solution"><summary>Solution</summary><pre class="code" data-session><code># ls</code></pre><button>Type it in</button></details></section></lab-step>');
  assert.equal(text, '### Step 1 of 4: Three nodes\n\nCollect `x`.\n\nTo record:\n\n- How many\n- Which (one, two)\n\n**Hints (1)**\n\n1. Compare.\n\n**Solution**\n\n```console\n# ls\n```');
});

test('a question comes with its options, then with its answers', () => {
  const text = markdown('<div class="predict"><quiz-question><fieldset><legend>Which <code>a</code>?</legend><div class="option"><label><input type="radio"> <span>One</span></label><p class="because" hidden>No. x</p></div>'
    + '<div class="option"><label><input type="radio"> <span>Two</span></label><p class="because" hidden>Right. y</p></div></fieldset><p class="actions"><button>Answer</button></p>'
    + '<details><summary>Answers</summary><ul><li>One: <b>no.</b> x</li><li>Two: <b>right.</b> y</li></ul></details></quiz-question></div>');
  assert.equal(text, '**A prediction**\n\n**Which `a`?**\n\n- One\n- Two\n\n**Answers**\n\n- One: **no.** x\n- Two: **right.** y');
});

test('terms, callouts, diagrams and tables are words', () => {
  assert.equal(markdown('<p>A <button class="term">fault</button><span class="meaning">meaning</span>, once.</p>'), 'A fault, once.');
  assert.equal(markdown('<div class="callout"><p class="callout-title">Danger</p><p>Text.</p></div>'), '> **Danger**\n>\n> Text.');
  assert.equal(markdown('<figure class="diagram"><div class="drawing"><svg><title>A chain</title><desc>From left to right.</desc><text>x</text></svg></div><figcaption>A chain</figcaption></figure>'),
    '> **Diagram: A chain**\n>\n> From left to right.');
  assert.equal(markdown('<div class="table"><table><thead><tr><th>a</th></tr></thead><tbody><tr><td><code>x | y</code></td></tr></tbody></table></div>'), '| a |\n| - |\n| `x \\| y` |');
});

test('the title comes first, and every link goes through the address of the site', () => {
  const page = pageOf('node/', '<header class="title"><p class="facts">Lab · 4 steps</p><h1>Node</h1></header><p><a href="/boot/">boot</a> <a href="#here">here</a></p>');
  const text = twin(page, 'https://example.org/course/node/', (href) => new URL(href, 'https://example.org/course/node/').href);
  assert.equal(text, '# Node\n\nLab · 4 steps\n\n[boot](https://example.org/boot/) [here](https://example.org/course/node/#here)\n\n---\n\n'
    + 'The Markdown twin of [https://example.org/course/node/](https://example.org/course/node/), a page of Bootable. Text: CC BY 4.0.\n');
});
