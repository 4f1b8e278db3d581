import type { Scene } from '../../../src/lab/check.ts';
import { namedLine, words } from '../../../src/lab/prose.ts';
import { enteredLines, type Step } from '../../../src/lab/step.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { contract, readPool, type Pool } from './facts.ts';
import { EVIDENCE, OWN } from './pool.ts';

export const identity = ['hostname', 'machine_id', 'boot_id', 'root_uuid'];
export const moduleKeys = ['overlay', 'br_netfilter', 'ip_vs', 'nf_conntrack'];

/** Why a value that is no breach of the contract was taken for one. */
function harmless(pool: Pool, node: string, key: string): Verdict {
  const value = String(pool.nodes.get(node)?.[key]);
  if (!pool.differing.includes(key)) return fail(`The three nodes agree on ${key}.`, 'Where all have the same value, nothing has drifted.');
  if (identity.includes(key)) return fail(`${node} ${key} is no drift that matters.`, 'A name, an identifier, a boot: these have to differ, or two nodes would be one.');
  if (moduleKeys.includes(key)) return fail(`${key} is "${value}" on ${node}, and that meets the contract.`, 'What is available is loaded when it is asked for, and what is built in needs no loading. Only absent cannot be had.');
  if (key === 'kernel') return fail(`${value} on ${node} meets the contract.`, 'The contract asks for 5.8 or later. Another patch level is a question for the update plan.');
  if (key in contract) return fail(`${key} is ${value} on ${node}, and that is what the contract asks for.`, 'The key is one of the right kind. On which node has it the value that fails?');
  return fail(`The contract does not ask for ${key}.`, 'It differs, and no requirement of the workload depends on it. What is not in the contract is not drift from it.');
}

function verdict({ entries, baseline }: Scene, ready: boolean): Verdict {
  const pool = readPool(baseline);
  const lines = enteredLines(entries, 'drift-matter').map((line) => namedLine(line) ?? { name: line, rest: '' });
  if (lines.length === 0) return fail('No difference is recorded.', 'One line for each: the node, the key, a colon, and what fails there.');
  for (const { name } of lines) {
    const [node = '', key = '', ...more] = name.split(/\s+/);
    if (more.length > 0 || !pool.nodes.has(node) || pool.nodes.get(node)?.[key] === undefined) return fail(`"${name}" does not name a node and a key.`, 'Begin each line as in `node-2 kernel`: the name of the node, a blank, the key as node-facts spells it, and then the colon.');
    if (!pool.broken.includes(`${node} ${key}`)) return harmless(pool, node, key);
  }
  const named = lines.map(({ name }) => name.split(/\s+/).join(' '));
  if (new Set(named).size < named.length) return fail('One difference is recorded twice.', 'Four lines are four differences.');
  if (named.length < pool.broken.length) return fail(`${named.length} of the differences that matter ${named.length > 1 ? 'are' : 'is'} recorded, and there are ${pool.broken.length}.`, named.some((name) => name.startsWith('node-1')) ? 'Go through the contract line by line, and ask each of the two recordings.' : 'You have judged the recordings. Nobody said that the node you sit at is the healthy one.');
  const bare = lines.find(({ rest }) => words(rest).length < 4);
  if (bare !== undefined) return fail(`"${bare.name}" does not say what fails.`, 'After the colon, in four words or more: which part of the node or of a pod does not work, and how?');
  if (!ready) return fail(`${OWN} is missing.`, 'The judgement rests on three collections. Begin at the first step.');
  return pass(
    pool.broken.map((name) => {
      const [node = '', key = ''] = name.split(' ');
      return { statement: `${node}: ${key} is ${String(pool.nodes.get(node)?.[key])}`, command: `jq .${key} ${node === 'node-1' ? OWN : `${EVIDENCE}/${node}.json`}` };
    }),
    { interpretations: enteredLines(entries, 'drift-matter') },
  );
}

const breaches = `.hostname as $n | (select(.cgroup != "cgroup2fs") | "\\($n) cgroup: the kubelet refuses to start on cgroup v1"),
  (select(.ip_vs == "absent") | "\\($n) ip_vs: kube-proxy in this mode ends with an error"),
  (select(.br_netfilter == "absent") | "\\($n) br_netfilter: bridged pod traffic goes past the filter"),
  (select(.overlay == "absent") | "\\($n) overlay: no image layer can be mounted"),
  (select(.swap_kib > 0) | "\\($n) swap_kib: the kubelet does not start with swap"),
  (select(.user_namespaces == 0) | "\\($n) user_namespaces: pods with users of their own fail"),
  (select(.kernel | startswith("5.4.")) | "\\($n) kernel: too old for the cgroup features asked for"),
  (select(.ip_forward == 0) | "\\($n) ip_forward: packets of pods are dropped here")`;
const list = (tail = ''): { readonly run: string } => ({ run: `jq -r '${breaches}' ${OWN} ${EVIDENCE}/*.json${tail}` });
const plus = (line: string): { readonly run: string } => list(`; echo "${line}"`);

export const matter: Step = {
  id: 'matter',
  title: 'Four that matter',
  fields: [{ kind: 'lines', id: 'drift-matter', label: 'The four differences that break the contract, and what fails', rows: 5, placeholder: 'node key: what fails' }],
  check: {
    probe: { kind: 'guest', script: ({ nonce }) => sectionScript(nonce, { own: `[ -s ${OWN} ]` }) },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout).get('own').code === 0),
  },
  hints: [
    'Go through the contract and not through the differences: eight requirements, three nodes, twenty-four answers. Four of them are no.',
    'A module that is available or built in meets its requirement. So does each kernel from 5.8 on.',
    'Three of the four are in the recordings. The node that you sit at has one of its own, and it is a number.',
  ],
  solution: { type: [`jq -c '{hostname, kernel, cgroup, overlay, br_netfilter, ip_vs, ip_forward, user_namespaces, swap_kib}' ${OWN} ${EVIDENCE}/*.json`], enter: { 'drift-matter': list() } },
  wrong: [
    { name: 'every difference', enter: { 'drift-matter': plus('node-3 machine_id: it is not the same as here') }, hint: 'two nodes would be one' },
    { name: 'not loaded, so missing', enter: { 'drift-matter': plus('node-1 overlay: it is loaded on node-2 and not here') }, hint: 'Only absent cannot be had' },
    { name: 'an older patch level', enter: { 'drift-matter': plus('node-2 kernel: it is older than the kernel here') }, hint: 'a question for the update plan' },
    { name: 'less memory', enter: { 'drift-matter': plus('node-1 memory_mib: node-2 has twice the memory of this node') }, hint: 'What is not in the contract' },
    { name: 'no difference at all', enter: { 'drift-matter': plus('node-1 pid_max: the number of processes is rather low') }, hint: 'nothing has drifted' },
    { name: 'the right key of the wrong node', enter: { 'drift-matter': plus('node-2 ip_forward: packets of pods are dropped here') }, hint: 'On which node has it' },
    { name: 'only the recordings', enter: { 'drift-matter': list(' | grep -v node-1') }, hint: 'Nobody said that' },
    { name: 'one short', enter: { 'drift-matter': list(' | grep -v node-3') }, hint: 'ask each of the two recordings' },
    { name: 'no reasons', enter: { 'drift-matter': list(" | sed 's/:.*/: bad/'") }, hint: 'in four words or more' },
    { name: 'keys without nodes', enter: { 'drift-matter': list(" | sed 's/^[^ ]* //'") }, hint: 'Begin each line as in' },
  ],
};
