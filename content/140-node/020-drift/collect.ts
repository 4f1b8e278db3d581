import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { entered, type Step } from '../../../src/lab/step.ts';
import { fail, pass } from '../../../src/lab/verdict.ts';
import { readPool, type Facts } from './facts.ts';
import { EVIDENCE, OWN } from './pool.ts';

/** What may change between the start of the lab and the reader's collection without making it another node's. */
const moving = ['overlay', 'br_netfilter', 'ip_vs', 'nf_conntrack', 'ip_forward', 'modules_loaded', 'log_lines', 'taint'];

const collectFacts = `node-facts > ${OWN}`;
const unequal = "[.[] | to_entries[]] | group_by(.key)[] | select(([.[].value] | unique | length) > 1) | .[0].key";
const count = (files: string): { readonly run: string } => ({ run: `jq -rs '${unequal}' ${files} | wc -l` });
const all = `${OWN} ${EVIDENCE}/*.json`;
const away = [`rm -f ${OWN}`];

export const collect: Step = {
  id: 'collect',
  title: 'Three nodes in one form',
  fields: [{ kind: 'line', id: 'drift-count', label: 'Keys on which the three nodes do not all agree' }],
  check: {
    probe: { kind: 'guest', script: ({ nonce }) => sectionScript(nonce, { own: `head -c 20000 ${OWN}`, compact: `head -c 20000 ${OWN} | jq -c .` }) },
    expect({ stdout }, { entries, baseline, nonce }) {
      const seen = new Sections(nonce, stdout);
      const pool = readPool(baseline);
      const here = pool.nodes.get('node-1') ?? {};
      if (seen.text('own') === '') return fail(`There is no ${OWN}.`, 'Two nodes are recorded; the third is the one that you sit at. Collect its facts with the same tool, node-facts, so that the three can be compared.');
      if (!seen.text('compact').startsWith('{') || seen.lines('compact').length !== 1) return fail(`${OWN} is not one JSON object.`, 'Three nodes can be compared when they answer the same questions in the same form. Let node-facts write the file.');
      const own = JSON.parse(seen.text('compact')) as Facts;
      if (own['hostname'] !== 'node-1') return fail(`${OWN} speaks of ${String(own['hostname'])}.`, 'That is a recording of another node under a new name. Ask the node that you sit at.');
      const other = Object.keys(here).find((key) => !moving.includes(key) && own[key] !== here[key]);
      if (other !== undefined) return fail(`In ${OWN} the value of ${other} is not the one of this node.`, 'A name can be changed with one word; the other values still come from elsewhere, or from another boot. Collect them here and now.');
      const three = readPool([...baseline.split('\n').filter((line) => !line.includes('"hostname":"node-1"')), seen.text('compact')].join('\n'));
      const recorded = entered(entries, 'drift-count');
      if (!/^\d+$/.test(recorded)) return fail('The number of keys is not recorded.', 'Put the three objects side by side: for how many keys are there two values or more?');
      const pair = readPool(baseline.split('\n').filter((line) => !line.includes('"hostname":"node-1"')).join('\n'));
      if (Number(recorded) === Object.keys(here).length) return fail(`${recorded} is the number of all keys.`, 'On some of them the nodes agree, and those are no drift.');
      if (Number(recorded) !== three.differing.length && Number(recorded) === pair.differing.length) return fail(`${recorded} keys part the two recorded nodes.`, 'That is one pair out of three nodes. A value that both recordings share can still be another one here.');
      if (Number(recorded) !== three.differing.length) return fail(`It is not ${recorded} keys.`, 'Count keys, not lines of diff: a changed value is two lines there. jq with -s reads all three files into one list.');
      return pass([{ statement: `The three nodes do not agree on ${recorded} of ${Object.keys(here).length} keys.`, command: `jq -rs '${unequal}' ${all}` }]);
    },
  },
  hints: [
    `Let node-facts write ${OWN}. Then compare files in pairs, with diff on sorted output of jq -S, or all three at once.`,
    'jq -s makes one list of several files. to_entries turns an object into pairs of key and value, group_by puts the pairs with the same key together, and unique says how many values a group has.',
  ],
  solution: { type: [collectFacts, `diff <(jq -S . ${OWN}) <(jq -S . ${EVIDENCE}/node-2.json)`, `jq -rs '${unequal}' ${all}`], enter: { 'drift-count': count(all) } },
  wrong: [
    { name: 'a text', type: [`uname -a > ${OWN}`], enter: { 'drift-count': '15' }, hint: 'Let node-facts write the file', undo: away },
    { name: 'a recording as its own', type: [`cp ${EVIDENCE}/node-2.json ${OWN}`], enter: { 'drift-count': '15' }, hint: 'under a new name', undo: away },
    { name: 'a recording with another name in it', type: [`jq '.hostname = "node-1"' ${EVIDENCE}/node-2.json > ${OWN}`], enter: { 'drift-count': '15' }, hint: 'can be changed with one word', undo: away },
    { name: 'all keys', type: [collectFacts], enter: { 'drift-count': { run: `jq length ${OWN}` } }, hint: 'those are no drift', undo: away },
    { name: 'one pair', type: [collectFacts], enter: { 'drift-count': count(`${EVIDENCE}/*.json`) }, hint: 'one pair out of three', undo: away },
    { name: 'lines of diff', type: [collectFacts], enter: { 'drift-count': { run: `echo $(( $(diff ${OWN} ${EVIDENCE}/node-2.json | wc -l) + 40 ))` } }, hint: 'a changed value is two lines', undo: away },
  ],
};
