import type { Fact } from './verdict.ts';

/** One step of the report. Without `at` the step is not shown yet. */
export interface ReportStep {
  readonly title: string;
  /** When the check passed, milliseconds since 1970. */
  readonly at?: number;
  readonly facts: readonly Fact[];
  readonly interpretations: readonly string[];
  readonly open: readonly string[];
}

export interface ReportInput {
  readonly title: string;
  readonly machine: { readonly release: string; readonly bootId: string; readonly image: string };
  /** When the report is written, milliseconds since 1970. */
  readonly at: number;
  readonly steps: readonly ReportStep[];
}

/** To the minute, UTC: the same on every reader's machine. */
const when = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** One line of Markdown text in which nothing is markup; an underscore inside a word is none anyway. */
const plain = (text: string): string =>
  text.replace(/\s+/g, ' ').trim().replace(/[\\`*[\]<>|#]|(?<![\p{L}\d])_|_(?![\p{L}\d])/gu, '\\$&');

/** A code span, whatever it holds. */
export function codeSpan(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  if (longest === 0) return `\`${line}\``;
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${line} ${fence}`;
}

function section(step: ReportStep, number: number): string[] {
  const head = [`## ${number}. ${plain(step.title)}`, ''];
  if (step.at === undefined) return [...head, 'Not shown yet.', ''];
  const facts = step.facts.map((fact) => `- ${plain(fact.statement)}  \n  Command: ${codeSpan(fact.command)}`);
  const lines = [...head, `Shown ${when(step.at)}.`, '', '### Facts', '', ...facts, ''];
  if (step.interpretations.length > 0) {
    lines.push('### Interpretation', '', ...step.interpretations.map((text) => `- ${plain(text)}`), '');
  }
  return lines;
}

/**
 * The evidence report as Markdown: facts, each with the command that gave it; interpretation kept apart; open questions
 * listed at the end. The same input gives the same bytes.
 */
export function evidenceReport({ title, machine, at, steps }: ReportInput): string {
  const shown = steps.filter((step) => step.at !== undefined);
  const open = shown.flatMap((step) => step.open);
  return [
    `# ${plain(title)}`,
    '',
    `- Kernel: ${codeSpan(machine.release)}`,
    `- Boot: ${codeSpan(machine.bootId)}`,
    `- Image: ${codeSpan(machine.image)}`,
    `- Written: ${when(at)}`,
    `- Shown: ${shown.length} of ${steps.length} parts`,
    '',
    'A fact is what a command printed, checked against the running machine. An interpretation is what somebody makes of it.',
    '',
    ...steps.flatMap((step, index) => section(step, index + 1)),
    '## Open questions',
    '',
    ...(open.length > 0 ? open.map((question) => `- ${plain(question)}`) : ['None recorded.']),
    '',
  ].join('\n');
}
