import type { Problem } from '../lab/author-error.ts';
import type { Machine } from '../machine/machine.ts';
import { blockCommands } from './block-commands.ts';
import { compareOutput } from './compare-output.ts';
import { columns, walkPage, type PageWalk } from './walk-page.ts';

export interface BlocksProof {
  readonly problems: readonly Problem[];
  /** Typed commands, and lines of shown output compared with printed ones. */
  readonly commands: number;
  readonly compared: number;
}

/** Runs a page's blocks and compares what they print with what the page shows. */
export async function proveBlocks(page: PageWalk, machine: Machine, signal?: AbortSignal): Promise<BlocksProof> {
  const problems: Problem[] = [];
  let commands = 0;
  let compared = 0;
  const compare = (shown: readonly string[], printed: readonly string[], below: number, typed: string): void => {
    compared += shown.length;
    const difference = compareOutput(shown.map(columns), printed);
    if (difference === undefined) return;
    problems.push({
      where: `${page.file}:${below + difference.shown}, output of "${typed}"`,
      expected: `"${difference.expected}"`,
      found: `"${difference.found}" (printed in all: ${excerpt(printed)})`,
      mend: 'Mend the text, or let `npm run record` rewrite the output; put ⟨ ⟩ round a value that differs from run to run.',
    });
  };
  for await (const { block, before, commands: done } of walkPage(page, machine, signal)) {
    const { before: shown } = blockCommands(block);
    if (shown.length > 0) compare(shown, before, block.line, 'the start of the machine');
    for (const { command, printed, at } of done) {
      commands += 1;
      if (!at.endsWith(command.prompt)) {
        problems.push({
          where: `${page.file}:${command.line}`, expected: `the prompt ${command.prompt}`, found: at,
          mend: 'Show the prompt that a reader has here, or "# " and "$ " for any folder.',
        });
      }
      compare(command.shown, printed, command.below, command.typed.join(' '));
    }
  }
  return { problems, commands, compared };
}

const excerpt = (printed: readonly string[]): string => {
  const shown = printed.slice(0, 12).map((line) => JSON.stringify(line)).join(', ');
  return printed.length > 12 ? `${shown}, and ${printed.length - 12} more` : shown || 'nothing';
};
