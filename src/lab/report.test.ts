import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeSpan, evidenceReport, type ReportInput } from './report.ts';

const input: ReportInput = {
  title: 'The kernel evidence report',
  machine: { release: '6.12.107-bootable', bootId: '0f0f', image: 'abc123' },
  at: Date.UTC(2026, 2, 1, 3, 10),
  steps: [
    {
      title: 'The running kernel',
      at: Date.UTC(2026, 2, 1, 3, 5),
      facts: [{ statement: 'The running kernel is *6.12*', command: 'uname -r | tr `x` y' }],
      interpretations: ['ro: mounted read-only first'],
      open: ['What quiet does'],
    },
    { title: 'The log', facts: [], interpretations: [], open: ['never shown'] },
  ],
};

test('the report keeps facts, interpretation and open questions apart', () => {
  assert.equal(evidenceReport(input), `# The kernel evidence report

- Kernel: \`6.12.107-bootable\`
- Boot: \`0f0f\`
- Image: \`abc123\`
- Written: 2026-03-01 03:10 UTC
- Shown: 1 of 2 parts

A fact is what a command printed, checked against the running machine. An interpretation is what somebody makes of it.

## 1. The running kernel

Shown 2026-03-01 03:05 UTC.

### Facts

- The running kernel is \\*6.12\\*  
  Command: \`\` uname -r | tr \`x\` y \`\`

### Interpretation

- ro: mounted read-only first

## 2. The log

Not shown yet.

## Open questions

- What quiet does
`);
});

test('text of the reader stays text', () => {
  const [step] = input.steps;
  assert.ok(step);
  const report = evidenceReport({ ...input, steps: [{ ...step, interpretations: ['init_on_free and _this_ and <b> and [a](b)\n# head'] }] });
  assert.match(report, /^- init_on_free and \\_this\\_ and \\<b\\> and \\\[a\\\]\(b\) \\# head$/m);
});

test('the same input gives the same bytes', () => {
  assert.equal(evidenceReport(input), evidenceReport(structuredClone(input)));
});

test('a report without open questions says so', () => {
  assert.match(evidenceReport({ ...input, steps: [] }), /## Open questions\n\nNone recorded\.\n$/);
});

test('a code span holds any command on one line', () => {
  assert.equal(codeSpan('a\n b'), '`a b`');
  assert.equal(codeSpan('``'), '``` `` ```');
});
