import type { Scene } from '../../../src/lab/check.ts';
import { namedLine } from '../../../src/lab/prose.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { enteredLines, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { gapLines } from './answers.ts';
import { changeProblem } from './citation.ts';
import { requirement, unmet } from './contract.ts';
import { nodeScript, readNode } from './node.ts';

function verdict({ entries, baseline }: Scene, seen: Sections): Verdict {
  const node = readNode(seen.text('node'));
  const change = changeProblem(readNode(baseline), node);
  if (change !== undefined) return change;
  const lines = enteredLines(entries, 'gaps');
  if (lines.length === 0) return fail('Nothing is written here yet.', 'One line for each requirement that this node does not meet, or the single word `none`.');
  const named = lines.filter((line) => line !== 'none').map((line) => namedLine(line) ?? { name: line, rest: '' }).map(({ name, rest }) => ({ name, rest: rest.toLowerCase().replace(/\.$/, '') }));
  if (named.length < lines.length && lines.length > 1) return fail('`none` stands beside other lines.', 'Either nothing is missing, and `none` is all there is to write, or something is.');
  for (const { name, rest } of named) {
    const one = requirement(name);
    if (one === undefined) return fail(`The contract has no requirement "${name}".`, 'A gap is a gap against the contract: begin the line with a name of its first column.');
    if (one.met(node)) return fail(`\`${name}\` is met on this node.`, name === 'tainted'
      ? 'Not every mark disqualifies: take the number apart, bit by bit, and compare with the four bits of the contract.'
      : 'Compare what you recorded with the second column of the contract: this is what it asks for.');
    if (rest !== 'on this boot' && rest !== 'not on this boot') return fail(`The line of \`${name}\` does not say whether it can be met.`, 'After the colon stands `on this boot` or `not on this boot`, and nothing else.');
    if (rest !== one.means(node)) {
      return fail(`\`${name}\` ${rest === 'on this boot' ? 'can not' : 'can'} be met on this boot.`, rest === 'on this boot'
        ? 'Which command, typed now, would meet it? Look whether what that command needs is on this node, and whether the kernel lets it be undone.'
        : 'A running kernel lets this be changed. Which command would do it, and is what it needs there?');
    }
  }
  const open = unmet(node);
  const missing = open.length - new Set(named.map(({ name }) => name)).size;
  if (missing > 0) return fail(`${missing === 1 ? 'One more requirement is' : `${missing} more requirements are`} not met.`, 'Nine requirements, nine answers: which of them have you not asked the kernel about yet?');
  return pass([{
    statement: open.length === 0 ? 'All nine requirements of the contract hold.' : `Not met: ${named.map(({ name, rest }) => `${name} (can be met ${rest.replace('not on this boot', 'only beyond this boot')})`).join(', ')}.`,
    command: 'cat /proc/modules /proc/swaps /proc/sys/kernel/tainted',
  }]);
}

export const gaps: Step = {
  id: 'gaps',
  title: 'What is missing, and whether it can be had',
  fields: [{ kind: 'lines', id: 'gaps', label: 'Requirements that are not met', rows: 3, placeholder: 'requirement: on this boot, or not on this boot' }],
  check: {
    probe: { kind: 'guest', script: ({ nonce }: Scene) => sectionScript(nonce, { node: nodeScript }) },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'Put each recorded value beside the second column of the contract. Some look bad and are allowed, and some that no line of yours cites may fail.',
    'The taint is a sum of powers of two. The shell does the arithmetic: a shift to the right by the number of the bit, and the last bit of what remains.',
    'A sysctl, swap, a controller of a cgroup, a file system that has to be checked: a command changes them now. A module needs its file in the tree of the running release; a taint stays until the kernel ends.',
  ],
  solution: { type: ['modinfo -n br_netfilter; swapon --show'], enter: { gaps: { run: gapLines } } },
  wrong: [
    { name: 'a gap that is none', enter: { gaps: 'overlay: on this boot' }, hint: 'second column of the contract: this is' },
    { name: 'a requirement of somebody else', enter: { gaps: 'kubelet: on this boot' }, hint: 'name of its first column' },
    { name: 'none, and something', enter: { gaps: 'none\nkernel: not on this boot' }, hint: 'all there is to write' },
  ],
};
