import { openCheckout, openMachine } from '../machine/node.ts';
import { MachineError } from '../machine/error.ts';
import type { Machine } from '../machine/machine.ts';
import { AuthorError } from '../lab/author-error.ts';
import type { CoursePage } from './course-page.ts';
import type { Finding } from './finding.ts';
import { proveBlocks } from './prove-blocks.ts';
import { proveLab } from './prove-lab.ts';
import { readPage } from './read-page.ts';
import { screen } from './screen.ts';

/** What the proof of one page found and counted. Counts are of one pass; all of it can be sent between processes. */
export interface PageProof {
  readonly id: string;
  readonly problems: readonly Finding[];
  /** Typed commands and lines of shown output compared. */
  readonly commands: number;
  readonly compared: number;
  readonly notRun: readonly { readonly where: string; readonly why: string }[];
  readonly checks: number;
  readonly attempts: number;
  /** The lab typed without thinking; undefined on a page without a lab. */
  readonly seconds?: number;
  /** Seconds that the proof took, all passes. */
  readonly took: number;
}

/** Milliseconds for one pass of one page: a hang is a finding. A lab that boots ten times takes a third of it. */
const limit = 1_800_000;

/**
 * Proves a page on machines of its own: what is written first, then its lab and its blocks, `passes` times. A pass that fails
 * is followed by another, to tell what is wrong from what is unsteady.
 */
export async function provePage(page: CoursePage, passes: number): Promise<PageProof> {
  const begun = performance.now();
  const { problems: written, items, lab, notRun } = await readPage(page);
  const counts = { commands: 0, compared: 0, checks: 0, attempts: 0 };
  let seconds: number | undefined;
  const once = async (): Promise<Finding[]> => {
    const found: Finding[] = [];
    if (lab) {
      found.push(...await onMachine(page.id, async (machine, signal) => {
        const proof = await proveLab(page.id, lab, machine, signal);
        ({ seconds } = proof);
        counts.checks = proof.checks;
        counts.attempts = proof.attempts;
        return proof.problems;
      }));
    }
    if (items.some((item) => item.kind === 'block' && item.attributes.reason === undefined)) {
      found.push(...await onMachine(page.id, async (machine, signal) => {
        const proof = await proveBlocks({ id: page.id, file: page.file, items, ...(lab && { lab }) }, machine, signal);
        counts.commands = proof.commands;
        counts.compared = proof.compared;
        return proof.problems;
      }));
    }
    return found;
  };
  // a page that is wrong as written is mended first
  const found = written.length > 0 ? written : await repeated(page.id, passes, once);
  return { id: page.id, problems: found, notRun, ...counts, ...(seconds !== undefined && { seconds }), took: Math.round((performance.now() - begun) / 1000) };
}

/** Passes until `passes` are done, at least two when one fails. A page that fails once and passes once is unsteady. */
export async function repeated(id: string, passes: number, once: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  const done = [await once()];
  while (done.length < Math.max(passes, done.some((found) => found.length > 0) ? 2 : 1)) done.push(await once());
  const bad = done.flatMap((found, index) => (found.length > 0 ? [{ found, pass: index + 1 }] : []));
  const [first] = bad;
  if (first === undefined || bad.length === done.length) return first?.found ?? [];
  return [{
    where: id, expected: 'passes that say the same', found: `${bad.length} of ${done.length} failed: it is unsteady`,
    mend: 'Let solution, check and output wait on facts of the machine, not on luck; what failed stands below.',
  }, ...first.found];
}

async function onMachine(id: string, prove: (machine: Machine, signal: AbortSignal) => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  const machine = openMachine(await openCheckout());
  const signal = AbortSignal.timeout(limit);
  try {
    const found = await prove(machine, signal);
    return found.map((one, index) => (one.evidence === undefined && index === found.length - 1 ? { ...one, evidence: `console:\n${screen(machine)}` } : one));
  } catch (error) {
    if (error instanceof AuthorError) return error.problems.map((problem) => ({ ...problem, evidence: `console:\n${screen(machine)}` }));
    const sentence = error instanceof MachineError ? `${error.message} ${error.remedy}` : String(error instanceof Error ? error.stack : error);
    return [{ where: id, expected: 'a machine that does its part', found: sentence, mend: 'If it happens again, this is no fault of the page.', evidence: `console:\n${screen(machine)}` }];
  } finally {
    await machine.dispose();
  }
}
