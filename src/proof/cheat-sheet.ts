import type { CheatSheet } from '../lab/cheat-sheet.ts';
import type { Problem } from '../lab/author-error.ts';
import { blockCommands } from './block-commands.ts';
import type { CoursePage } from './course-page.ts';
import { pageItems } from './page-items.ts';

/** The commands that the proof types for a page, each with its continuation lines. */
function typedOn({ file, text }: Pick<CoursePage, 'file' | 'text'>): Set<string> {
  const blocks = pageItems(file, text).items.filter((item) => item.kind === 'block');
  return new Set(blocks.filter(({ attributes }) => attributes.reason === undefined).flatMap((block) => blockCommands(block).commands.map(({ typed }) => typed.join('\n'))));
}

/** Rows whose command no proof runs, and rows that stand there twice. */
export function cheatSheetProblems(sheet: CheatSheet, pages: readonly Pick<CoursePage, 'id' | 'file' | 'text'>[]): Problem[] {
  const typed = new Map(pages.map((page) => [page.id, typedOn(page)]));
  const rows = sheet.flatMap((group) => group.rows);
  const unrun = rows.filter(({ command, on }) => !typed.get(on)?.has(command)).map(({ command, on }): Problem => ({
    where: 'content/cheat-sheet.ts',
    expected: `a command that a console block of ${on} types`,
    found: command,
    mend: typed.has(on) ? 'Write it as the page does, or show it there.' : `There is no page ${on}: name the one that shows it.`,
  }));
  const commands = rows.map(({ command }) => command);
  const twice = commands.filter((command, index) => commands.indexOf(command) < index).map((command): Problem =>
    ({ where: 'content/cheat-sheet.ts', expected: 'each command once', found: `${command} twice`, mend: 'Take one of the two out.' }));
  return [...unrun, ...twice];
}
