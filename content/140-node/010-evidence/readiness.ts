import type { Scene } from '../../../src/lab/check.ts';
import { listed, namedLine, words } from '../../../src/lab/prose.ts';
import { sectionScript, Sections } from '../../../src/lab/sections.ts';
import { shellWord } from '../../../src/lab/shell.ts';
import { entered, enteredLines, type Entries, type Step } from '../../../src/lab/step.ts';
import { fail, pass, type Verdict } from '../../../src/lab/verdict.ts';
import { contract, judge, mebibytes, readNode, truth, type Node } from './contract.ts';
import { parseStates, stateScript } from './module-state.ts';

/** Each cited line that is wrong, as a verdict; undefined when five or more are right. */
function factsProblem(entries: Entries, node: Node): Verdict | undefined {
  const lines = enteredLines(entries, 'facts').map((line) => namedLine(line) ?? { name: line, rest: '' });
  if (lines.length < 5) return fail(`A judgement cites five facts or more; yours cites ${lines.length}.`, 'Begin each line with a requirement of the contract and what this node has, then a colon and why it matters.');
  for (const { name, rest } of lines) {
    const [key = '', ...value] = name.split(/\s+/);
    if (!contract.some((requirement) => requirement === key)) return fail(`"${name}" is no fact of the report.`, `"Looks fine" cannot be challenged. Begin each line with one of ${listed(contract)}, and then the value that you recorded.`);
    if (key === 'memory' && mebibytes(value.join(' ')) > node.total) return fail(`"${name}" is more than the machine has: ${node.total} MiB.`, 'What is available is what a new program could get without swapping, and always less than the total.');
    if (!truth(node, key, value.join(' '))) return fail(`"${name}" is not true of this node now.`, 'Every cited value is compared with the machine. Look it up in the report, or ask again.');
    if (words(rest).length < 4) return fail(`"${name}" does not say why it matters.`, 'After the colon, in four words or more: what would fail on the node if this were otherwise?');
  }
  const keys = lines.map(({ name }) => name.split(/\s+/)[0] ?? '');
  if (new Set(keys).size < keys.length) return fail('One requirement is cited twice.', 'Five facts are facts about five different requirements.');
  return undefined;
}

function followUpProblem(entries: Entries, node: Node, known: boolean): Verdict | undefined {
  const lines = enteredLines(entries, 'follow-up');
  const { name: command, rest } = namedLine(lines[0] ?? '') ?? { name: lines[0] ?? '', rest: '' };
  if (lines.length === 0) return fail('The follow-up is missing.', 'A verdict that nobody can act on ends in a drawer. Name the one command that comes next.');
  if (lines.length > 1 || /[;&|]{1,2}(\s|$)/.test(command)) return fail('That is more than one follow-up.', 'Exactly one: the action that would change the verdict. The rest is for the next report.');
  if (!known) return fail(`This node knows no command "${command.split(/\s+/)[0]}".`, 'The line begins with a command that can be typed on this node, and after a colon says what it settles.');
  if (node.pending.length > 0 && !node.pending.some((module) => command.includes(module))) return fail(`"${command}" would not change the verdict.`, 'What keeps the node from being ready? The follow-up has to touch one of those modules by name.');
  if (words(rest).length < 4) return fail('The follow-up does not say what it settles.', 'After the command a colon, and in four words or more what is known once it has run.');
  return undefined;
}

function verdict({ entries }: Scene, seen: Sections): Verdict {
  const node = readNode(seen, parseStates(seen.lines('states')));
  const chosen = entered(entries, 'verdict');
  if (chosen === '') return fail('No verdict is chosen yet.', 'Go through the contract line by line: which requirement holds now, which could hold, which cannot?');
  const facts = factsProblem(entries, node);
  if (facts !== undefined) return facts;
  const right = judge(node);
  if (chosen !== right) {
    return fail(`The facts do not carry "${chosen}".`, chosen === 'ready'
      ? 'Ready means that the contract holds now and after the next reboot. Something in it is neither loaded nor asked for at boot.'
      : chosen === 'not ready'
        ? 'Not ready means that a requirement cannot be met on this node. Which one would that be?'
        : 'Conditional means that something is still to be done or that a requirement cannot be met. Compare the contract with the node once more.');
  }
  const followUp = followUpProblem(entries, node, seen.get('known').code === 0);
  if (followUp !== undefined) return followUp;
  const line = entered(entries, 'follow-up');
  return pass(
    enteredLines(entries, 'facts').map((fact) => {
      const { name } = namedLine(fact) ?? { name: fact };
      return { statement: `${name} (cited for the verdict)`, command: node.commands.get(name.split(/\s+/)[0] ?? '') ?? '' };
    }),
    {
      interpretations: [`Verdict: ${chosen}.`, ...enteredLines(entries, 'facts')],
      open: [`Follow-up: ${line}`],
    },
  );
}

const facts = `echo "kernel $(uname -r): Kubernetes asks for 5.8 or later with cgroup v2"
echo "cgroup $(stat -fc %T /sys/fs/cgroup): kubelet refuses the old mode by default"
echo "overlay available: image layers are mounted with it"
echo "br_netfilter available: bridged pod traffic has to cross the packet filter"
echo "ip_vs available: kube-proxy exits without it in this mode"
echo "memory $(awk '/^MemAvailable/ {print int($2 / 1024)}' /proc/meminfo) MiB: the agents need their share before any pod"`;
const followUp = 'modprobe ip_vs: shows whether the data path of kube-proxy loads on this kernel';
const right = { 'verdict': 'conditional', 'facts': { run: facts }, 'follow-up': followUp };

export const readiness: Step = {
  id: 'readiness',
  title: 'A judgement that can be challenged',
  fields: [
    { kind: 'choice', id: 'verdict', label: 'For the contract above this node is', options: ['ready', 'conditional', 'not ready'] },
    { kind: 'lines', id: 'facts', label: 'Five facts or more that carry the verdict', rows: 6, placeholder: 'requirement value: why it matters' },
    { kind: 'line', id: 'follow-up', label: 'The one follow-up', placeholder: 'command: what it settles' },
  ],
  check: {
    probe: {
      kind: 'guest',
      script: ({ entries, nonce }: Scene) => sectionScript(nonce, {
        release: 'uname -r',
        cgroup: 'stat -fc %T /sys/fs/cgroup',
        states: stateScript(['overlay', 'br_netfilter', 'ip_vs', 'seccomp']),
        persistent: 'cat /etc/modules /etc/modules-load.d/*.conf /run/modules-load.d/*.conf /usr/lib/modules-load.d/*.conf',
        memory: "awk '/^MemAvailable/ {print int($2 / 1024)}' /proc/meminfo",
        total: "awk '/^MemTotal/ {print int($2 / 1024)}' /proc/meminfo",
        known: `command -v -- ${shellWord(entered(entries, 'follow-up').replace(/^sudo\s+/, '').split(/[\s:]/)[0] ?? '')}`,
      }),
    },
    expect: ({ stdout }, scene) => verdict(scene, new Sections(scene.nonce, stdout)),
  },
  hints: [
    'A requirement can hold now, hold after one change, or never hold on this node. The verdict is that of the weakest.',
    'A module that is available is not loaded, and nothing on this node asks for it at boot. What does that do to a contract which must survive a reboot?',
    'Each fact is a word of the contract and the value of your report, as in `kernel` and the release, then a colon and the reason in four words or more.',
  ],
  solution: { type: ['cat /etc/modules-load.d/*.conf', 'grep MemAvailable /proc/meminfo'], enter: right },
  wrong: [
    { name: 'looks fine', enter: { ...right, facts: 'looks fine\nlooks fine\nlooks fine\nlooks fine\nlooks fine' }, hint: 'cannot be challenged' },
    { name: 'three facts', enter: { ...right, facts: { run: facts.split('\n').slice(0, 3).join('\n') } }, hint: 'Begin each line with a requirement' },
    { name: 'the distribution as the kernel', enter: { ...right, facts: { run: facts.replace('$(uname -r)', '13') } }, hint: 'compared with the machine' },
    { name: 'more memory than there is', enter: { ...right, facts: { run: facts.replace('/^MemAvailable/ {print int($2 / 1024)}', '/^MemTotal/ {print int($2 / 1024) + 1}') } }, hint: 'always less than the total' },
    { name: 'reasons of one word', enter: { ...right, facts: { run: facts.replace(/: .*"$/gm, ': important"') } }, hint: 'what would fail on the node' },
    { name: 'one fact five times', enter: { ...right, facts: { run: Array(5).fill(facts.split('\n')[0]).join('\n') } }, hint: 'five different requirements' },
    { name: 'ready, because everything is there', enter: { ...right, verdict: 'ready' }, hint: 'after the next reboot' },
    { name: 'not ready, because something is not loaded', enter: { ...right, verdict: 'not ready' }, hint: 'cannot be met on this node' },
    { name: 'two follow-ups', enter: { ...right, 'follow-up': 'modprobe ip_vs && modprobe overlay: loads the modules that are missing' }, hint: 'Exactly one' },
    { name: 'a follow-up that is no command', enter: { ...right, 'follow-up': 'ask the platform team about ip_vs: they know whether it works' }, hint: 'can be typed on this node' },
    { name: 'a follow-up that settles nothing', enter: { ...right, 'follow-up': 'uname -r: shows the release of the kernel again' }, hint: 'touch one of those modules' },
  ],
};
