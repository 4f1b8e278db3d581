import { AuthorError, type Problem } from './author-error.ts';
import type { Lab } from './lab.ts';
import { stepProblems } from './step-problems.ts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Whether it has a lab's outline; what is inside the steps is the compiler's to check, where the lab is written. */
const hasLabShape = (value: unknown): value is Lab =>
  isObject(value) && typeof value['title'] === 'string' && typeof value['minutes'] === 'number' && Array.isArray(value['steps']);

/** The form of every id that an author gives. */
export const slug = /^[a-z][a-z0-9-]*$/;

/** Values that occur more than once. */
export const repeated = (values: readonly string[]): string[] =>
  [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];

function labProblems(id: string, lab: Lab): Problem[] {
  const problems: Problem[] = [];
  const found = (where: string, expected: string, what: string, mend: string) =>
    problems.push({ where, expected, found: what, mend });

  if (lab.title.trim() === '') found(id, 'a title', 'an empty one', 'Give the lab the title that its page shows.');
  if (!(lab.minutes >= 1 && lab.minutes <= 240)) {
    found(id, 'minutes from 1 to 240', String(lab.minutes), 'Say how long a reader who thinks needs.');
  }
  if (lab.start === 'cold' && lab.rest === undefined) found(id, 'a cold start that says where it comes to rest', 'no `rest`', "Add rest: 'grub', 'panic', 'initramfs', 'maintenance' or 'shell'.");
  if (lab.steps.length === 0) found(id, 'at least one step', 'none', 'Add a step, or make this a reading page.');
  for (const step of lab.steps) {
    if (!slug.test(step.id)) {
      found(id, 'step ids of lower-case letters, digits and hyphens', `"${step.id}"`, 'Rename the step, in the page too.');
    }
  }
  for (const twice of repeated(lab.steps.map((step) => step.id))) {
    found(id, 'step ids that differ', `"${twice}" twice`, 'Rename one of the two steps, in the page too.');
  }
  const fields = lab.steps.flatMap((step) => step.fields ?? []);
  for (const twice of repeated(fields.map((field) => field.id))) {
    found(id, 'field ids that differ in the whole lab', `"${twice}" twice`, 'Rename one of the two fields, in its check too.');
  }
  return [...problems, ...lab.steps.flatMap((step) => stepProblems(`${id}, step ${step.id}`, step, fields))];
}

/**
 * The lab that a folder's `lab.ts` exports, proven to be sound as data. `id` is its path without numbers: `node/evidence`.
 * Throws an AuthorError that names everything to be mended.
 */
export function normalizeLab(id: string, lab: unknown): Lab {
  if (!hasLabShape(lab)) {
    throw new AuthorError([{
      where: id,
      expected: 'a lab (title, minutes, start, steps) as the default export of lab.ts',
      found: lab === undefined ? 'no default export' : JSON.stringify(lab)?.slice(0, 60) ?? typeof lab,
      mend: 'End lab.ts with: export default { … } satisfies Lab.',
    }]);
  }
  const problems = labProblems(id, lab);
  if (problems.length > 0) throw new AuthorError(problems);
  return lab;
}
