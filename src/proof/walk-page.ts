import { atRest } from '../check/perform.ts';
import { fillEntries } from '../check/fill-entries.ts';
import { freshNonce, startLab } from '../check/start-lab.ts';
import type { Lab } from '../lab/lab.ts';
import { withoutEscapes } from '../base/escapes.ts';
import type { Machine, StartFrom } from '../machine/machine.ts';
import { Typist } from '../machine/typist.ts';
import { blockCommands, type Command } from './block-commands.ts';
import type { Block, StepMark } from './page-items.ts';
import { doActs, typeLine } from './type-line.ts';

/** What the machine printed for one block. Lines without blanks at their ends, tabs as columns of eight. */
export interface BlockRun {
  readonly block: Block;
  /** Printed before the first command; only asked for where the page shows it. */
  readonly before: readonly string[];
  readonly commands: readonly { readonly command: Command; readonly printed: readonly string[]; readonly at: string }[];
}

export interface PageWalk {
  readonly id: string;
  readonly file: string;
  readonly items: readonly (Block | StepMark)[];
  /** Of a lab page: its machine is prepared, and a step's solution is typed where the page has the step. */
  readonly lab?: Lab;
}

const runs = (item: Block | StepMark): item is Block => item.kind === 'block' && item.attributes.reason === undefined;

/** Tabs to columns of eight, as a terminal shows them. */
export function columns(line: string): string {
  let wide = '';
  for (const char of line) wide += char === '\t' ? ' '.repeat(8 - (wide.length % 8)) : char;
  return wide.trimEnd();
}

const lines = (text: string): string[] => (text === '' ? [] : text.split('\n').map(columns));

/**
 * Does what a reader of the page does: types each block that runs, in order, on one fresh machine, and on a lab's page the
 * steps between them. Ends at the last block.
 */
export async function* walkPage({ id, file, items, lab }: PageWalk, machine: Machine, signal?: AbortSignal): AsyncGenerator<BlockRun> {
  const last = items.findLastIndex(runs);
  let typist: Typist | undefined;
  const begin = async (from: StartFrom): Promise<Typist> => {
    await machine.start(from, signal);
    const fresh = typist ?? new Typist(machine.console, signal);
    await fresh.prompt(signal);
    return fresh;
  };
  const prepared = async (): Promise<Typist> => {
    const fresh = await begin('snapshot');
    if (lab) await startLab(id, lab, machine, freshNonce(), signal);
    if (lab?.start === 'cold') await atRest(fresh, lab.rest ?? 'shell', signal);
    return fresh;
  };

  for (const item of items.slice(0, last + 1)) {
    if (item.kind === 'step') {
      typist ??= await prepared();
      const solution = lab?.steps.find((step) => step.id === item.id)?.solution;
      await doActs(solution?.type, typist, machine, `${file}:${item.line}, solution of ${item.id}`, signal);
      await fillEntries(solution?.enter, machine.guest, signal);
    } else if (runs(item)) {
      typist = item.attributes.machine === undefined ? typist ?? await prepared() : await begin(item.attributes.machine);
      yield await runBlock(item, file, typist, machine, signal);
    }
  }
}

async function runBlock(block: Block, file: string, typist: Typist, machine: Machine, signal?: AbortSignal): Promise<BlockRun> {
  const parted = blockCommands(block);
  const screen = withoutEscapes(machine.console.transcript()).replace(/\r/g, '');
  const before = parted.before.length === 0 ? [] : lines(screen.slice(0, screen.lastIndexOf('\n')));
  const commands: { command: Command; printed: string[]; at: string }[] = [];
  for (const command of parted.commands) {
    const where = `${file}:${command.line}`;
    const user = /[#$]$/.exec(typist.at)?.[0];
    if (user === '#' && command.prompt === '$') await typeLine(typist, 'su - student', where, signal);
    if (user === '$' && command.prompt === '#') await typeLine(typist, 'exit', where, signal);
    const at = typist.at;
    const printed: string[] = [];
    for (const line of command.typed) printed.push(...lines(await typeLine(typist, line, where, signal)));
    commands.push({ command, printed, at });
  }
  return { block, before, commands };
}
