import { isDeepStrictEqual } from 'node:util';
import { fillEntries } from '../check/fill-entries.ts';
import { runCheck } from '../check/run-check.ts';
import { freshNonce, startLab } from '../check/start-lab.ts';
import type { Problem } from '../lab/author-error.ts';
import type { Scene } from '../lab/check.ts';
import type { Lab } from '../lab/lab.ts';
import type { Attempt, Entries, Step } from '../lab/step.ts';
import type { Verdict } from '../lab/verdict.ts';
import type { Machine } from '../machine/machine.ts';
import { Typist } from '../machine/typist.ts';
import { changes, fingerprint } from './fingerprint.ts';
import { typeLine } from './type-line.ts';

export interface LabProof {
  readonly problems: readonly Problem[];
  /** Checks executed, and wrong attempts made. */
  readonly checks: number;
  readonly attempts: number;
  /** The solutions typed without thinking, from the machine's start to the last verdict. */
  readonly seconds: number;
}

const said = (verdict: Verdict): string => (verdict.kind === 'pass' ? 'a pass' : `"${verdict.because} ${verdict.hint}"`);

/**
 * Does a lab from its start, which is the only one: on the fresh machine every check fails; each wrong attempt gets its own
 * hint; the typed solution and its entries make the step pass, a second run says the same and changes nothing in the machine,
 * and later steps still fail; after a restart all fail again. Throws what the machine or the author's code throws.
 */
export async function proveLab(id: string, lab: Lab, machine: Machine, signal?: AbortSignal): Promise<LabProof> {
  const problems: Problem[] = [];
  let checks = 0;
  let attempts = 0;
  let milliseconds = 0;
  const timed = async <T>(run: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    const value = await run();
    milliseconds += performance.now() - begun;
    return value;
  };
  const at = (step: Step): string => `${id}, step ${step.id}`;
  const typist = new Typist(machine.console, signal);
  const start = async (): Promise<Pick<Scene, 'baseline' | 'nonce'>> => {
    await machine.start(lab.start, signal);
    await typist.prompt(signal);
    return startLab(id, lab, machine.guest, freshNonce(), signal);
  };
  let scene = await timed(start);

  const check = (step: Step, entries: Entries): Promise<Verdict> => {
    checks += 1;
    return runCheck(step.check, { ...scene, entries }, machine.guest, () => machine.console.transcript(), { where: at(step), ...(signal && { signal }) });
  };
  const type = async (lines: readonly string[] | undefined, where: string): Promise<void> => {
    for (const line of lines ?? []) await typeLine(typist, line, where, signal);
  };
  const attempt = async (what: Attempt, before: Entries, where: string): Promise<Entries> => {
    await type(what.type, where);
    return { ...before, ...await fillEntries(what.enter, machine.guest, signal) };
  };
  const allFail = async (steps: readonly Step[], entries: Entries, when: string, mend: string): Promise<void> => {
    for (const step of steps) {
      const verdict = await check(step, entries);
      if (verdict.kind === 'pass') problems.push({ where: at(step), expected: `a check that fails ${when}`, found: 'a pass', mend });
      else if (verdict.because.trim() === '' || verdict.hint.trim() === '') {
        problems.push({ where: at(step), expected: `a reason and a hint when the check fails ${when}`, found: said(verdict), mend: 'Give fail() both: what is missing, and what to do.' });
      }
    }
  };

  await allFail(lab.steps, {}, 'on the fresh machine', 'Look at what the reader has to do, and at nothing that is there before.');

  let done: Entries = {};
  for (const [index, step] of lab.steps.entries()) {
    for (const wrong of step.wrong) {
      const where = `${at(step)}, wrong attempt "${wrong.name}"`;
      attempts += 1;
      const verdict = await check(step, await attempt(wrong, done, where));
      if (verdict.kind === 'pass') problems.push({ where, expected: 'a fail', found: 'a pass', mend: 'Let the check tell this from the solution.' });
      else if (!verdict.hint.includes(wrong.hint)) problems.push({ where, expected: `a hint with "${wrong.hint}"`, found: said(verdict), mend: 'Let the check recognise this mistake, or correct the expected hint.' });
      await type(wrong.undo, `${where}, undo`);
    }

    const solution = `${at(step)}, solution`;
    const first = await timed(async () => {
      done = await attempt(step.solution, done, solution);
      return check(step, done);
    });
    if (first.kind === 'fail') {
      problems.push({ where: solution, expected: 'the check to pass', found: said(first), mend: 'Make the solution do what the check looks at.' });
      continue;
    }
    const before = await fingerprint(machine.guest, signal);
    const second = await check(step, done);
    const changed = changes(before, await fingerprint(machine.guest, signal));
    if (!isDeepStrictEqual(second, first)) problems.push({ where: at(step), expected: 'the same verdict from a second run of the check', found: second.kind === 'pass' ? 'a pass with other facts' : said(second), mend: 'Let the check depend on the machine alone, not on having run.' });
    if (changed.length > 0) problems.push({ where: at(step), expected: 'a check that leaves the machine as it is', found: changed.slice(0, 6).join('; '), mend: 'Let the probe only look; what it needs to write goes to its output.' });
    const later = lab.steps.slice(index + 1).filter((other) => other.early === undefined);
    await allFail(later, done, `after the solution of ${step.id}`, 'Let the check ask for something of its own, or say in `early` why it may pass.');
  }

  scene = await start();
  await allFail(lab.steps, {}, 'after a restart', 'Let the check depend on this machine alone.');
  return { problems, checks, attempts, seconds: Math.round(milliseconds / 1000) };
}
