import { maskFault } from '../lab/mask.ts';
import type { Problem } from '../lab/author-error.ts';
import type { Block } from './page-items.ts';

/** A command of a block: its lines as typed, and the output shown below them. */
export interface Command {
  readonly prompt: string;
  readonly typed: readonly string[];
  readonly shown: readonly string[];
  /** Line of the page, counted from 1, of the command and of the first line below it. */
  readonly line: number;
  readonly below: number;
}

export interface BlockCommands {
  /** What stands before the first command: what the machine printed by itself, as at a cold start. */
  readonly before: readonly string[];
  readonly commands: readonly Command[];
}

/** A block parted into commands. An empty line at its end is no output. */
export function blockCommands({ lines, line }: Block): BlockCommands {
  const before: string[] = [];
  const commands: { prompt: string; typed: string[]; shown: string[]; line: number; below: number }[] = [];
  lines.forEach((one, index) => {
    const last = commands.at(-1);
    if (one.kind === 'output') (last?.shown ?? before).push(one.text);
    else if (one.prompt === '>' && last !== undefined) {
      last.typed.push(one.typed);
      last.below = line + index + 1;
    } else commands.push({ prompt: one.prompt, typed: [one.typed], shown: [], line: line + index, below: line + index + 1 });
  });
  const last = commands.at(-1)?.shown;
  while (last?.at(-1)?.trim() === '') last.pop();
  return { before, commands };
}

/** What is wrong with a block before anything runs. */
export function blockProblems(file: string, block: Block): Problem[] {
  const problems: Problem[] = [];
  const { before, commands } = blockCommands(block);
  const runs = block.attributes.reason === undefined;
  if (runs && commands.length === 0) {
    problems.push({ where: `${file}:${block.line}`, expected: 'a command behind "# " or "$ "', found: 'none', mend: 'Write the command above its output, or use a `text` fence for what is no session.' });
  } else if (runs && before.length > 0 && block.attributes.machine === undefined) {
    problems.push({ where: `${file}:${block.line}`, expected: 'a command above each output', found: `"${before[0]}"`, mend: 'Write its command above it; only a block with machine="cold" may begin with what the machine prints by itself.' });
  }
  block.lines.forEach((one, index) => {
    const fault = runs && one.kind === 'output' ? maskFault(one.text) : undefined;
    if (fault !== undefined) problems.push({ where: `${file}:${block.line + index}`, expected: 'masks as narrow as the values that vary', ...fault });
  });
  return problems;
}
