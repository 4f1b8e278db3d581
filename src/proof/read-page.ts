import { AuthorError, type Problem } from '../lab/author-error.ts';
import type { Lab } from '../lab/lab.ts';
import type { Quiz } from '../lab/quiz.ts';
import type { Step } from '../lab/step.ts';
import { blockProblems } from './block-commands.ts';
import type { CoursePage } from './course-page.ts';
import { pageItems, type Block, type StepMark } from './page-items.ts';

/** What a page holds for the proof, and all that is wrong with it before a machine runs. */
export interface PageReading {
  readonly problems: readonly Problem[];
  readonly items: readonly (Block | StepMark)[];
  /** Undefined on a module's page, and when the lab is not sound. */
  readonly lab: Lab | undefined;
  /** Blocks that our machine does not run, each with the reason that the reader sees. */
  readonly notRun: readonly { readonly where: string; readonly why: string }[];
}

export async function readPage(page: CoursePage): Promise<PageReading> {
  const problems: Problem[] = [];
  const sound = async <T>(load: () => Promise<T | undefined>): Promise<T | undefined> => {
    try {
      return await load();
    } catch (error) {
      if (!(error instanceof AuthorError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const lab = await sound(() => page.lab());
  const quiz = await sound(() => page.quiz());
  const written = pageItems(page.file, page.text);
  problems.push(...written.problems);
  const blocks = written.items.filter((item) => item.kind === 'block');
  problems.push(...blocks.flatMap((block) => blockProblems(page.file, block)));
  if (lab) problems.push(...stepIds(page, lab, written.items), ...lab.steps.flatMap((step) => credulous(page.id, step)));
  problems.push(...predictions(page, quiz));
  const notRun = blocks.flatMap(({ line, attributes: { reason } }) =>
    (reason ? [{ where: `${page.file}:${line}`, why: `${reason.kind === 'recorded' ? 'recorded' : 'not run'}: ${reason.text}` }] : []));
  return { problems, items: written.items, lab, notRun };
}

/** The page shows each step of the lab once, in the lab's order. */
function stepIds(page: CoursePage, lab: Lab, items: readonly (Block | StepMark)[]): Problem[] {
  const shown = items.filter((item) => item.kind === 'step').map(({ id }) => id);
  const steps = lab.steps.map(({ id }) => id);
  if (shown.join('\n') === steps.join('\n')) return [];
  return [{
    where: page.file,
    expected: `<Step> for ${steps.join(', ')}, as in lab.ts`,
    found: shown.join(', ') || 'none',
    mend: 'Give page and lab the same ids in the same order.',
  }];
}

/** A check that passes when nothing was seen and nothing entered looks at nothing. */
function credulous(id: string, step: Step): Problem[] {
  for (const stdout of ['', 'something else\n']) {
    try {
      if (step.check.expect({ stdout, stderr: '', boots: [], up: true }, { entries: {}, baseline: '', nonce: '00000000' }).kind === 'fail') continue;
    } catch {
      continue; // an exception on real output is found by the proof, with that output
    }
    return [{
      where: `${id}, step ${step.id}`,
      expected: 'a check that depends on what the machine answers',
      found: `a pass when the probe printed ${stdout === '' ? 'nothing' : 'something else'} and nothing was entered`,
      mend: 'Let expect look for the state that the step asks for, and fail without it.',
    }];
  }
  return [];
}

/** `<Predict id="…">` and the predictions of quiz.ts are the same, in both directions. */
function predictions(page: CoursePage, quiz: Quiz | undefined): Problem[] {
  const shown = [...page.text.matchAll(/<Predict\s+id="([^"]*)"/g)].map((match) => match[1] ?? '');
  const given = (quiz?.predictions ?? []).map(({ id }) => id);
  if ([...shown].sort().join('\n') === [...given].sort().join('\n')) return [];
  return [{
    where: page.file,
    expected: `<Predict> for ${given.join(', ') || 'none'}, as in quiz.ts`,
    found: shown.join(', ') || 'none',
    mend: 'Give page and quiz.ts the same predictions, each once.',
  }];
}
