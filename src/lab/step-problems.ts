import { typedLine } from './act.ts';
import type { Problem } from './author-error.ts';
import type { Attempt, Field, Step } from './step.ts';

/** Shorter lines (`ls`, `true`) are everyday words that a hint may use. */
const tellingLength = 6;

/** The lines that give the step away: typed ones, and literal entries of fields that are written freely. */
function solutionLines(step: Step): string[] {
  const free = new Set((step.fields ?? []).filter((field) => field.kind !== 'choice').map((field) => field.id));
  const entries = Object.entries(step.solution.enter ?? {})
    .flatMap(([id, entry]) => (typeof entry === 'string' && free.has(id) ? entry.split('\n') : []));
  return [...(step.solution.type ?? []).map((act) => typedLine(act) ?? ''), ...entries].map((line) => line.trim()).filter((line) => line.length >= tellingLength);
}

/** What is wrong with one step. `fields` are those of the whole lab: an attempt may correct an earlier entry. */
export function stepProblems(where: string, step: Step, fields: readonly Field[]): Problem[] {
  const problems: Problem[] = [];
  const found = (at: string, expected: string, what: string, mend: string) =>
    problems.push({ where: at === '' ? where : `${where}, ${at}`, expected, found: what, mend });

  for (const field of step.fields ?? []) {
    if (field.label.trim() === '') found(`field ${field.id}`, 'a label', 'an empty one', 'Say what is to be recorded here.');
    if (field.kind !== 'choice') continue;
    if (new Set(field.options).size !== field.options.length || field.options.length < 2 || field.options.includes('')) {
      found(`field ${field.id}`, 'two or more different options', JSON.stringify(field.options), 'Correct the options.');
    }
  }

  if (step.hints.length < 2) found('', 'at least two hints', String(step.hints.length), 'Add a hint, from vague to direct.');
  step.hints.forEach((hint, index) => {
    if (hint.trim() === '') found(`hint ${index + 1}`, 'a sentence', 'nothing', 'Write it, or take it out.');
    const line = solutionLines(step).find((line) => hint.includes(line));
    if (line !== undefined) {
      found(`hint ${index + 1}`, 'no line of the solution', `"${line}"`, 'Say where to look, not what to type.');
    }
  });

  if (step.wrong.length < 2) found('', 'at least two wrong attempts', String(step.wrong.length), 'Add what a reader gets wrong.');
  step.wrong.forEach((wrong, index) => {
    if (wrong.hint.trim() === '') found(`wrong "${wrong.name}"`, 'the hint it must get', 'nothing', 'Quote a part of that hint.');
    if (step.wrong.findIndex((other) => other.hint === wrong.hint) < index) {
      found(`wrong "${wrong.name}"`, 'a hint of its own', `that of another attempt: "${wrong.hint}"`, 'Give it its own hint.');
    }
  });

  const attempts: [string, Attempt][] = [['solution', step.solution], ...step.wrong.map((wrong): [string, Attempt] => [`wrong "${wrong.name}"`, wrong])];
  for (const [name, attempt] of attempts) {
    if ((attempt.type ?? []).length === 0 && Object.keys(attempt.enter ?? {}).length === 0) {
      found(name, 'lines to type or fields to enter', 'neither', 'Say what is done.');
    }
    if ((attempt.type ?? []).some((act) => typedLine(act)?.includes('\n'))) {
      found(name, 'one line in each typed string', 'a line end inside', 'Split it: each line waits for its own prompt.');
    }
    for (const [id, entry] of Object.entries(attempt.enter ?? {})) {
      const field = fields.find((field) => field.id === id);
      if (field === undefined) {
        found(name, 'entries for fields of this lab', `"${id}"`, 'Correct the field id.');
      } else if (field.kind === 'choice' && typeof entry === 'string' && !['', ...field.options].includes(entry)) {
        found(name, `an option of ${id}`, `"${entry}"`, 'Choose one of the options.');
      }
    }
  }
  return problems;
}
