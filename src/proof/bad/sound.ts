import type { Check } from '../../lab/check.ts';
import type { Lab } from '../../lab/lab.ts';
import type { Step } from '../../lab/step.ts';
import { fail, pass } from '../../lab/verdict.ts';

/** A check that is right: it looks at a file that the reader has to make. */
export const check: Check = {
  probe: { kind: 'guest', script: 'cat /root/made 2>/dev/null; true' },
  expect({ stdout }) {
    if (stdout === '') return fail('There is no /root/made.', 'Make the file first.');
    return stdout.trim() === 'made' ? pass([]) : fail('The file says something else.', 'Write the right word into it.');
  },
};

const step: Step = {
  id: 'make',
  title: 'Make it',
  check,
  hints: ['It is a file.', 'Redirect one word into it.'],
  solution: { type: ['echo made >/root/made'] },
  wrong: [
    { name: 'nothing made', type: ['true'], hint: 'Make the file' },
    { name: 'another word', type: ['echo other >/root/made'], hint: 'right word' },
  ],
};

/** A lab with which nothing is wrong but what `change` breaks: each folder here breaks one thing, and the proof must name it. */
export const broken = (change: Partial<Step> = {}): Lab => ({ title: 'A lab', minutes: 1, start: 'snapshot', steps: [{ ...step, ...change }] });
