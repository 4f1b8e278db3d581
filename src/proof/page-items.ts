import { fenceAttributes, sessionLines, type FenceAttributes, type SessionLine } from '../lab/console-block.ts';
import type { Problem } from '../lab/author-error.ts';

/** A `console` fence of a page. `line` is that of its first line of text, counted from 1. */
export interface Block {
  readonly kind: 'block';
  readonly line: number;
  readonly attributes: FenceAttributes;
  readonly lines: readonly SessionLine[];
}

/** Where a lab page has `<Step id="…">`. */
export interface StepMark {
  readonly kind: 'step';
  readonly line: number;
  readonly id: string;
}

/** Languages in which a shown command would go unproven. */
const shells = /^(?:sh|bash|shell|zsh|shellsession|shell-session|terminal|text\/x-sh)$/;

/** What the proof finds in a page, in its order, and what is wrong with how it is written. */
export function pageItems(file: string, text: string): { readonly items: readonly (Block | StepMark)[]; readonly problems: readonly Problem[] } {
  const items: (Block | StepMark)[] = [];
  const problems: Problem[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    for (const step of line.matchAll(/<Step\s+id="([^"]*)"/g)) items.push({ kind: 'step', line: at + 1, id: step[1] ?? '' });
    const [, indent = '', ticks, language = '', meta = ''] = /^(\s*)(`{3,}|~{3,})\s*([^\s`]*)(.*)$/.exec(line) ?? [];
    if (ticks === undefined) continue;
    const opened = at + 1;
    const body: string[] = [];
    while (++at < lines.length && lines[at]?.trim() !== ticks) body.push((lines[at] ?? '').slice(indent.length));
    const where = `${file}:${opened}`;
    if (shells.test(language)) {
      problems.push({ where, expected: 'shown commands in a `console` fence, which the proof runs', found: `a \`${language}\` fence`, mend: 'Write it as `console`, each command behind "# " or "$ ", with the output it gives.' });
    } else if (language === '') {
      problems.push({ where, expected: 'a fence that says what it holds', found: 'none of it', mend: 'Name the language; for a session in the machine it is `console`, for plain text `text`.' });
    } else if (language === 'console') {
      const { faults, ...attributes } = fenceAttributes(meta);
      for (const { found, mend } of faults) problems.push({ where, expected: 'attributes of a console fence', found, mend });
      items.push({ kind: 'block', line: opened + 1, attributes, lines: body.length === 0 ? [] : sessionLines(body.join('\n')) });
    }
  }
  return { items, problems };
}
