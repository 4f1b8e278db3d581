import { listed, namedLine } from '../../../src/lab/prose.ts';
import { enteredLines, type Entries } from '../../../src/lab/step.ts';
import { fail, type Verdict } from '../../../src/lab/verdict.ts';
import { names, requirement } from './contract.ts';
import { changed, type Node } from './node.ts';

/** `requirement: command => value` */
export interface Citation {
  readonly line: string;
  readonly name: string;
  readonly command: string;
  readonly value: string;
}

export const least = 5;
const squeezed = (text: string): string => text.trim().replace(/\s+/g, ' ');
export const wordsOf = (text: string): string[] => text.split(/[^\w./-]+/).filter((word) => word !== '');

/** Lines that have another form have an empty command. */
export const citations = (entries: Entries): Citation[] => enteredLines(entries, 'facts').map((line) => {
  const { name, rest } = namedLine(line) ?? { name: line, rest: '' };
  const arrow = rest.lastIndexOf('=>');
  return arrow < 1
    ? { line, name, command: '', value: '' }
    : { line, name, command: rest.slice(0, arrow).trim(), value: squeezed(rest.slice(arrow + 2)) };
});

/** Whether a command's output has the value as one of its lines. */
export const prints = (output: string, value: string): boolean => output.split('\n').some((line) => squeezed(line) === value);

/** What the lines themselves get wrong, before anything is repeated. */
export function formProblem(cited: readonly Citation[]): Verdict | undefined {
  if (cited.length === 0) return fail('No fact is cited yet.', 'One line for each: a requirement of the contract, a colon, the command, `=>`, and a line that the command printed.');
  const silent = cited.find(({ command, value }) => command !== '' && value === '');
  if (silent !== undefined) return fail(`\`${silent.command}\` is cited with nothing behind the arrow.`, 'Silence cannot be told from a command that could not look. Ask so that there is a line to copy also when the answer is no.');
  const odd = cited.find(({ command }) => command === '');
  if (odd !== undefined) return fail(`"${odd.line}" is no citation.`, 'A sentence such as "looks fine" cannot be repeated by anybody. Give the requirement, the command and what it printed: `requirement: command => value`.');
  const foreign = cited.find(({ name }) => requirement(name) === undefined);
  if (foreign !== undefined) return fail(`The contract has no requirement "${foreign.name}".`, `A line begins with one of ${listed(names)}: whatever else is true, the workload has not asked for it.`);
  if (cited.length < least) return fail(`${cited.length} of the ${least} facts are cited.`, 'A verdict needs five facts at least. Go down the table of the contract, line by line.');
  if (new Set(cited.map(({ name }) => name)).size < cited.length) return fail('One requirement is cited twice.', 'Each line answers another requirement: five facts are five answers.');
  return undefined;
}

/** A cited value that the node does not have now. */
export function truthProblem(cited: readonly Citation[], node: Node): Verdict | undefined {
  const wrong = cited.find(({ name, value }) => requirement(name)?.says(wordsOf(value), node) !== true);
  return wrong && fail(`"${wrong.value}" does not tell how this node stands on \`${wrong.name}\`.`, `The check asked the kernel itself and compared. The contract wants, for \`${wrong.name}\`: ${requirement(wrong.name)?.form ?? ''}.`);
}

/** The reader has mended before judging. */
export function changeProblem(baseline: Node, now: Node): Verdict | undefined {
  const names = changed(baseline, now);
  return names.length === 0 ? undefined
    : fail(`The node is no longer as you found it: ${listed(names)}.`, 'That is a report on a node that you made. Take your change back, or restart the lab; the mending comes after the verdict, when somebody has agreed to it.');
}
