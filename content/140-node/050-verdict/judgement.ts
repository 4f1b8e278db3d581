import type { Scene } from '../../../src/lab/check.ts';
import { listed, namedLine, words } from '../../../src/lab/prose.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { shellWord } from '../../../src/lab/shell.ts';
import { entered, enteredLines, type Entries, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { beside, followUp, verdictWord, wrongVerdict } from './answers.ts';
import { changeProblem, citations, formProblem, truthProblem } from './citation.ts';
import { contract, judge, unmet, type Requirement } from './contract.ts';
import { nodeScript, readNode } from './node.ts';

const guess = /\b(maybe|perhaps|probably|possibly|might|hopefully|guess)\b/i;

function followUpProblem(entries: Entries, known: boolean, deciding: readonly Requirement[]): Verdict | undefined {
  const lines = enteredLines(entries, 'next');
  const line = lines[0];
  if (line === undefined) return fail('The follow-up is missing.', 'Name the one command that comes next, a colon, and what is known once it has run.');
  const { name: command, rest } = namedLine(line) ?? { name: line, rest: '' };
  if (guess.test(line)) return fail('The follow-up is a guess.', 'Words such as "maybe" and "might" hand the question on. Name a command whose result decides something, whichever way it comes out.');
  if (lines.length > 1 || /;|&&|\|\|/.test(command)) return fail('That is more than one follow-up.', 'One command, the one that could change the verdict. The rest waits for its result.');
  if (!known) return fail(`This node knows no command "${command.split(/\s+/)[0]}".`, 'The line begins with something that can be typed at this prompt, so that the next person can type it.');
  if (!deciding.some(({ touch }) => touch.test(command))) {
    return fail(`\`${command}\` leaves the verdict as it is.`, 'Ask what the verdict rests on, and what would overturn it. The follow-up names the thing itself: the module, the setting, the device.');
  }
  if (words(rest).length < 4) return fail('The follow-up does not say what it settles.', 'Behind the command a colon, and in four words or more what its result decides.');
  return undefined;
}

function verdict({ entries, baseline }: Scene, seen: Sections): Verdict {
  const node = readNode(seen.text('node'));
  const change = changeProblem(readNode(baseline), node);
  if (change !== undefined) return change;
  const chosen = entered(entries, 'verdict');
  if (chosen === '') return fail('No verdict is chosen yet.', 'It is that of the weakest requirement: met, not met and to be had on this boot, or not to be had.');
  const cited = citations(entries);
  const untrue = formProblem(cited) ?? truthProblem(cited, node);
  if (untrue !== undefined) return untrue;
  const right = judge(node);
  if (chosen !== right) {
    return fail(`This node does not carry "${chosen}".`, `Compare it with your own list of gaps. ${chosen === 'ready' ? 'Ready means that the list is empty.' : chosen === 'conditional' ? 'Conditional means that there is a list, and that each line of it can be met on this boot.' : 'Not ready means that at least one line of it cannot be met on this boot.'}`);
  }
  const open = unmet(node);
  const hard = open.filter((one) => one.means(node) === 'not on this boot');
  const deciding = hard.length > 0 ? hard : open.length > 0 ? open : contract;
  const bare = deciding.filter(({ name }) => !cited.some((one) => one.name === name)).map(({ name }) => name);
  if (bare.length > 0) {
    return fail(`The verdict rests on what is not cited: ${listed(bare)}.`, right === 'ready'
      ? 'Ready says that all nine hold, so the reader of the report has to be able to repeat all nine. Add the missing lines to the facts of the first step.'
      : 'Whoever reads the verdict will ask for this fact first. Add its line to the facts of the first step.');
  }
  const problem = followUpProblem(entries, seen.get('known').code === 0, deciding);
  return problem ?? pass(
    cited.map(({ name, command, value }) => ({ statement: `${name}: ${value}`, command })),
    { interpretations: [`Verdict: ${chosen}.`], open: [`Follow-up: ${entered(entries, 'next')}`] },
  );
}

const right = { verdict: { run: verdictWord }, next: { run: followUp } };
const flip = 'echo $((1 - $(cat /proc/sys/net/ipv4/ip_forward))) >/proc/sys/net/ipv4/ip_forward';

export const judgement: Step = {
  id: 'judgement',
  title: 'The verdict, and the one thing that comes next',
  fields: [
    { kind: 'choice', id: 'verdict', label: 'For this contract the node is', options: ['ready', 'conditional', 'not ready'] },
    { kind: 'line', id: 'next', label: 'The one follow-up', placeholder: 'command: what its result decides' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ entries, nonce }: Scene) => sectionScript(nonce, {
        node: nodeScript,
        known: `command -v -- ${shellWord(entered(entries, 'next').replace(/^sudo\s+/, '').split(/[\s:]/)[0] ?? '')}`,
      }),
    },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'An empty list of gaps, a list that this boot can work off, a list with a line that it cannot: the three verdicts are these three lists.',
    'The facts must hold the requirement that decides. Where nothing is missing, all nine decide.',
    'For a gap the follow-up is the command that closes it, or that shows what stands in its way. For a node that is ready it is the observation, made again later, that would take the word back.',
  ],
  solution: { type: ['dmesg -x --level emerg,alert,crit,err,warn | tail'], enter: right },
  wrong: [
    { name: 'another verdict', enter: { ...right, verdict: { run: wrongVerdict } }, hint: 'Compare it with your own list' },
    { name: 'facts beside the point', enter: { ...right, facts: { run: beside } }, hint: 'to the facts of the first step' },
    { name: 'a guess', enter: { ...right, next: 'systemctl restart kubelet: it might help, it has helped before' }, hint: 'hand the question on' },
    { name: 'two follow-ups', enter: { ...right, next: 'swapoff -a && modprobe br_netfilter: mends what is usually missing on a node' }, hint: 'The rest waits' },
    { name: 'a tool that is not here', enter: { ...right, next: 'kubectl drain node-7: takes the pods of this node elsewhere' }, hint: 'can be typed at this prompt' },
    { name: 'a look at something else', enter: { ...right, next: 'uptime: shows how long this node has been running' }, hint: 'what would overturn it' },
    { name: 'a node that was changed first', type: [flip], enter: right, undo: [flip], hint: 'a node that you made' },
  ],
};
