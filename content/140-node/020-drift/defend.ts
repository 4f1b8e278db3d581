import type { Scene } from '../../../src/lab/check.ts';
import { namedLine, words } from '../../../src/lab/prose.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { enteredLines, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { readPool } from './facts.ts';
import { identity } from './matter.ts';
import { EVIDENCE, OWN } from './pool.ts';

/** Counts that move by themselves: nobody will ask about them. */
const restless = ['log_lines', 'modules_loaded'];

function verdict({ entries, baseline }: Scene, judged: boolean): Verdict {
  const pool = readPool(baseline);
  const lines = enteredLines(entries, 'drift-defend').map((line) => namedLine(line) ?? { name: line, rest: '' });
  if (!judged) return fail('The differences that matter are not recorded yet.', 'First the four. What you leave out can be defended when it is known what stays.');
  if (lines.length < 2) return fail(`${lines.length === 0 ? 'No' : 'One'} difference is defended.`, 'Two or more, one on a line, as in the step before: node, key, colon, and why it does no harm.');
  for (const { name, rest } of lines) {
    const [node = '', key = ''] = name.split(/\s+/);
    if (pool.nodes.get(node)?.[key] === undefined) return fail(`"${name}" does not name a node and a key.`, 'The same form as in the step before: the node, a blank, the key, a colon.');
    if (pool.broken.includes(`${node} ${key}`)) return fail(`${node} ${key} does harm.`, 'It breaks the contract, and you cannot talk it away: it is one of the four.');
    if (!pool.differing.includes(key)) return fail(`The nodes agree on ${key}.`, 'There is nothing to defend where nobody can point at a difference.');
    if (identity.includes(key) || restless.includes(key)) return fail(`Nobody will ask about ${key}.`, 'Choose differences that a colleague at three in the morning would take for the cause: a kernel, a module, a setting.');
    if (words(rest).length < 5) return fail(`"${name}" has no defence yet.`, 'Why does it do no harm here? In five words or more, so that it convinces somebody else.');
  }
  if (new Set(lines.map(({ name }) => name.split(/\s+/)[1])).size < 2) return fail('Both lines are about one key.', 'Two different keys: the second defence has to be another thought.');
  return pass(
    lines.map(({ name }) => {
      const [node = '', key = ''] = name.split(/\s+/);
      return { statement: `${node}: ${key} is ${String(pool.nodes.get(node)?.[key])}, and differs from other nodes of the pool.`, command: `jq .${key} ${node === 'node-1' ? OWN : `${EVIDENCE}/${node}.json`}` };
    }),
    { interpretations: enteredLines(entries, 'drift-defend') },
  );
}

const kernel = 'node-2 kernel: a patch level above the oldest that is asked for';
const conntrack = 'node-2 nf_conntrack: it was loaded by whoever needed it first';
const both = `${kernel}\n${conntrack}`;

export const defend: Step = {
  id: 'defend',
  title: 'Two that do not',
  fields: [{ kind: 'lines', id: 'drift-defend', label: 'Two differences that look dangerous, and why they are not', rows: 3, placeholder: 'node key: why it does no harm' }],
  check: {
    probe: { kind: 'guest', script: ({ nonce }) => sectionScript(nonce, { own: `[ -s ${OWN} ]` }) },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout).get('own').code === 0 && enteredLines(scene.entries, 'drift-matter').length >= 4),
  },
  hints: [
    'Among the keys of the first step are releases, states of modules and settings. Take two that you thought of yourself, and left out.',
    'A reason names what decides: the oldest kernel that is asked for, when a module is loaded, what the contract does not ask for.',
  ],
  solution: { enter: { 'drift-defend': both } },
  wrong: [
    { name: 'one of the four', enter: { 'drift-defend': `${kernel}\nnode-1 ip_forward: it has always been like this here` }, hint: 'you cannot talk it away' },
    { name: 'identifiers', enter: { 'drift-defend': `${kernel}\nnode-2 boot_id: each boot has another one of these` }, hint: 'at three in the morning' },
    { name: 'one alone', enter: { 'drift-defend': kernel }, hint: 'Two or more, one on a line' },
    { name: 'one key twice', enter: { 'drift-defend': `${kernel}\nnode-1 kernel: a patch level above the oldest that is asked for` }, hint: 'has to be another thought' },
    { name: 'agreement', enter: { 'drift-defend': `${kernel}\nnode-2 clocksource: it is the time stamp counter here too` }, hint: 'nothing to defend' },
    { name: 'a shrug', enter: { 'drift-defend': `${kernel}\nnode-2 nf_conntrack: harmless` }, hint: 'convinces somebody else' },
  ],
};
