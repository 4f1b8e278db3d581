import { isDeepStrictEqual } from 'node:util';
import { atRest } from '../check/perform.ts';
import { fillEntries } from '../check/fill-entries.ts';
import { runCheck } from '../check/run-check.ts';
import { freshNonce, startLab } from '../check/start-lab.ts';
import type { Scene } from '../lab/check.ts';
import type { Lab } from '../lab/lab.ts';
import type { Act } from '../lab/act.ts';
import type { Attempt, Entries, Step } from '../lab/step.ts';
import type { Verdict } from '../lab/verdict.ts';
import type { Machine } from '../machine/machine.ts';
import { Typist } from '../machine/typist.ts';
import { changes, fingerprint } from './fingerprint.ts';
import type { Finding } from './finding.ts';
import { screen } from './screen.ts';
import { doActs } from './type-line.ts';
import { witness } from './witness.ts';

export interface LabProof {
  readonly problems: readonly Finding[];
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
 * and later steps still fail; after a restart
 * all fail again, and the solutions alone make all pass. Throws what the machine or the author's code throws.
 */
export async function proveLab(id: string, lab: Lab, machine: Machine, signal?: AbortSignal): Promise<LabProof> {
  const problems: Finding[] = [];
  const { guest, last } = witness(machine.guest);
  const found = (where: string, expected: string, what: string, mend: string): void =>
    void problems.push({ where, expected, found: what, mend, evidence: `${last()}\nconsole:\n${screen(machine)}` });
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
    await machine.start('snapshot', signal);
    await typist.prompt(signal);
    const begun = await startLab(id, lab, { guest, reset: (until) => machine.reset(until) }, freshNonce(), signal);
    if (lab.start === 'cold') await atRest(typist, lab.rest ?? 'shell', signal);
    return begun;
  };
  let scene = await start();

  const check = (step: Step, entries: Entries): Promise<Verdict> => {
    checks += 1;
    return runCheck(step.check, { ...scene, entries }, { console: machine.console, state: machine.state, guest }, { where: at(step), ...(signal && { signal }) });
  };
  const type = (acts: readonly Act[] | undefined, where: string): Promise<void> => doActs(acts, typist, machine, where, signal);
  const attempt = async (what: Attempt, before: Entries, where: string): Promise<Entries> => {
    await type(what.type, where);
    return { ...before, ...await fillEntries(what.enter, machine.guest, signal) };
  };
  /** The machine's fingerprint when its boot has ended; nothing where no system runs that a check could change. */
  const quietPrint = async (): Promise<string[]> => {
    if (machine.state.get().kind !== 'ready') return [];
    if (lab.start === 'cold') await machine.guest.run('systemctl is-system-running --wait', { timeout: 120_000, ...(signal && { signal }) });
    return fingerprint(machine.guest, signal);
  };
  const allFail = async (steps: readonly Step[], entries: Entries, when: string, mend: string): Promise<void> => {
    for (const step of steps) {
      const verdict = await check(step, entries);
      if (verdict.kind === 'pass') found(at(step), `a check that fails ${when}`, 'a pass', mend);
      else if (verdict.because.trim() === '' || verdict.hint.trim() === '') {
        found(at(step), `a reason and a hint when the check fails ${when}`, said(verdict), 'Give fail() both: what is missing, and what to do.');
      }
    }
  };

  await allFail(lab.steps, {}, 'on the fresh machine', 'Look at what the reader has to do, and at nothing that is there before.');

  let done: Entries = {};
  for (const [index, step] of lab.steps.entries()) {
    const saved = lab.start === 'cold' ? await machine.save() : undefined;
    for (const wrong of step.wrong) {
      const where = `${at(step)}, wrong attempt "${wrong.name}"`;
      attempts += 1;
      const verdict = await check(step, await attempt(wrong, done, where));
      if (verdict.kind === 'pass') found(where, 'a fail', 'a pass', 'Let the check tell this from the solution.');
      else if (!verdict.hint.includes(wrong.hint)) found(where, `a hint with "${wrong.hint}"`, said(verdict), 'Let the check recognise this mistake, or correct the expected hint.');
      if (saved) await machine.restore(saved);
      else await type(wrong.undo, `${where}, undo`);
    }

    const solution = `${at(step)}, solution`;
    done = await attempt(step.solution, done, solution);
    const first = await check(step, done);
    if (first.kind === 'fail') {
      found(solution, 'the check to pass', said(first), 'Make the solution do what the check looks at.');
      continue;
    }
    const before = await quietPrint();
    const second = await check(step, done);
    let changed = changes(before, await quietPrint());
    // A file system that writes back, a worker that ends: what the machine does by itself does not come again with the check.
    if (changed.length > 0) {
      const again = await quietPrint();
      await check(step, done);
      changed = changes(again, await quietPrint());
    }
    if (!isDeepStrictEqual(second, first)) found(at(step), 'the same verdict from a second run of the check', second.kind === 'pass' ? 'a pass with other facts' : said(second), 'Let the check depend on the machine alone, not on having run.');
    if (changed.length > 0) found(at(step), 'a check that leaves the machine as it is', changed.slice(0, 6).join('; '), 'Let the probe only look; what it needs to write goes to its output. If it only looks, something the solution started is still at work: let the solution wait for its end.');
    const later = lab.steps.slice(index + 1).filter((other) => other.early === undefined);
    await allFail(later, done, `after the solution of ${step.id}`, 'Let the check ask for something of its own, or say in `early` why it may pass.');
  }

  scene = await timed(start);
  await allFail(lab.steps, {}, 'after a restart', 'Let the check depend on this machine alone.');
  let alone: Entries = {};
  for (const step of lab.steps) {
    const where = `${at(step)}, solution without the wrong attempts before it`;
    const verdict = await timed(async () => {
      alone = await attempt(step.solution, alone, where);
      return check(step, alone);
    });
    if (verdict.kind === 'fail') found(where, 'the check to pass', said(verdict), 'Let the solution do all that the step needs.');
  }
  return { problems, checks, attempts, seconds: Math.round(milliseconds / 1000) };
}
