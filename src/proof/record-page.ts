import { AuthorError } from '../lab/author-error.ts';
import { openCheckout, openMachine } from '../machine/node.ts';
import { blockCommands } from './block-commands.ts';
import type { CoursePage } from './course-page.ts';
import { readPage } from './read-page.ts';
import { likePrompt, recordOutput } from './record-output.ts';
import { columns, walkPage } from './walk-page.ts';

/** The page's text with the output of its blocks as the machine prints it now. Throws as a proof would report. */
export async function recordPage(page: CoursePage): Promise<string> {
  const { items, lab } = await readPage(page);
  if (!items.some((item) => item.kind === 'block' && item.attributes.reason === undefined)) return page.text;
  const lines = page.text.split('\n');
  const changes: { from: number; count: number; lines: readonly string[] }[] = [];
  const replace = (from: number, shown: readonly string[], printed: readonly string[]): void => {
    const recorded = recordOutput(shown.map(columns), printed);
    const prompt = likePrompt(recorded);
    if (prompt !== undefined) {
      throw new AuthorError([{
        where: `${page.file}:${from}`, expected: 'output that a page can tell from a command', found: `"${prompt}"`,
        mend: 'Nothing was written. Have the command print it without the sign in front, for instance with `| sed "s/^# *//"`.',
      }]);
    }
    if (recorded.join('\n') !== shown.map(columns).join('\n')) changes.push({ from, count: shown.length, lines: recorded });
  };
  const machine = openMachine(await openCheckout());
  try {
    for await (const { block, before, commands } of walkPage({ id: page.id, file: page.file, items, ...(lab && { lab }) }, machine)) {
      const { before: shown } = blockCommands(block);
      if (shown.length > 0) replace(block.line, shown, before);
      for (const { command, printed } of commands) replace(command.below, command.shown, printed);
    }
  } finally {
    await machine.dispose();
  }
  // from the end, so that earlier line numbers stay true
  for (const { from, count, lines: recorded } of changes.sort((a, b) => b.from - a.from)) lines.splice(from - 1, count, ...recorded);
  return lines.join('\n');
}
