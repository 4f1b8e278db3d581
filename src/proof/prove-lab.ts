import { isDeepStrictEqual } from 'node:util';
import { fillEntries } from '../check/fill-entries.ts';
import { runCheck } from '../check/run-check.ts';
import { freshNonce, startLab } from '../check/start-lab.ts';
import type { Lab } from '../lab/lab.ts';
import type { Attempt, Entries, Step } from '../lab/step.ts';
import type { Verdict } from '../lab/verdict.ts';
import type { Machine } from '../machine/machine.ts';
import { Typist } from './typist.ts';

export interface ProofOptions {
  readonly signal?: AbortSignal;
  /** Hears what has been tried, with the milliseconds it took. */
  readonly say?: (what: string, milliseconds: number) => void;
}

/**
 * Does a lab from its start, which is the only one: on the fresh machine every check fails; each wrong attempt gets its
 * hint; the typed solution and its entries make the step pass, twice, and the next step still fails. Gives a sentence for
 * each claim that did not hold; throws what the machine or the author's code throws.
 */
export async function proveLab(id: string, lab: Lab, machine: Machine, { signal, say = () => {} }: ProofOptions = {}): Promise<string[]> {
  const failures: string[] = [];
  let begun = performance.now();
  const tried = (what: string): void => {
    say(what, performance.now() - begun);
    begun = performance.now();
  };

  await machine.start(lab.start, signal);
  const typist = new Typist(machine.console, signal);
  await typist.prompt(signal);
  const start = await startLab(id, lab, machine.guest, freshNonce(), signal);
  tried('start');

  const check = (step: Step, entries: Entries): Promise<Verdict> =>
    runCheck(step.check, { ...start, entries }, machine.guest, () => machine.console.transcript(),
      { where: `${id}, step ${step.id}`, ...(signal && { signal }) });
  const attempt = async ({ type = [], enter }: Attempt, before: Entries): Promise<Entries> => {
    for (const line of type) await typist.type(line, signal);
    return { ...before, ...await fillEntries(enter, machine.guest, signal) };
  };
  const mustFail = async (step: Step, entries: Entries, when: string): Promise<void> => {
    const verdict = await check(step, entries);
    if (verdict.kind === 'pass') failures.push(`${step.id} passes ${when}.`);
    else if (verdict.because.trim() === '' || verdict.hint.trim() === '') failures.push(`${step.id} fails ${when} without saying why or what to do.`);
  };

  for (const step of lab.steps) {
    await mustFail(step, {}, 'on a fresh machine with nothing entered');
    tried(`${step.id}: nothing done`);
  }

  let done: Entries = {};
  for (const [index, step] of lab.steps.entries()) {
    for (const wrong of step.wrong) {
      const verdict = await check(step, await attempt(wrong, done));
      if (verdict.kind === 'pass') failures.push(`${step.id}: the wrong attempt "${wrong.name}" passes.`);
      else if (!verdict.hint.includes(wrong.hint)) {
        failures.push(`${step.id}: the wrong attempt "${wrong.name}" gets "${verdict.because} ${verdict.hint}", which does not hold "${wrong.hint}".`);
      }
      for (const line of wrong.undo ?? []) await typist.type(line, signal);
      tried(`${step.id}: ${wrong.name}`);
    }
    done = await attempt(step.solution, done);
    const first = await check(step, done);
    if (first.kind === 'fail') failures.push(`${step.id}: the solution fails: ${first.because} ${first.hint}`);
    if (!isDeepStrictEqual(await check(step, done), first)) failures.push(`${step.id}: a second run of the check gives another verdict.`);
    const next = lab.steps[index + 1];
    if (next !== undefined) await mustFail(next, done, `after the solution of ${step.id}`);
    tried(`${step.id}: solution`);
  }
  return failures;
}
