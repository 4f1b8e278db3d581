/** A line with its number, as `grep -n` prints it. */
interface Line {
  readonly number: number;
  readonly text: string;
}

const lineOf = (text: string): Line => ({ number: Number(text.split(':', 1)[0]), text: text.slice(text.indexOf(':') + 1) });

/**
 * Which lines the preprocessor leaves in, for conditions about single CONFIG_ options. `numbered` holds all lines that begin
 * with `#` and those that are asked for; other conditions count as true. `on` names the options that are built in.
 */
export function compiled(numbered: readonly string[], on: ReadonlySet<string>): Line[] {
  const kept: Line[] = [];
  /** For each open #if: whether this branch holds, and whether one before it did. */
  const open: { holds: boolean; done: boolean }[] = [];
  const holds = (condition: string): boolean => {
    const [, not, option] = /^#\s*(?:el)?if(n?)(?:def)?\s+(?:defined\s*\(?\s*)?(CONFIG_\w+)\)?\s*$/.exec(condition) ?? [];
    return option === undefined || on.has(option) === (not !== 'n');
  };
  for (const line of numbered.map(lineOf)) {
    const [, word] = /^#\s*(\w+)/.exec(line.text) ?? [];
    const last = open.at(-1);
    if (word === 'if' || word === 'ifdef' || word === 'ifndef') {
      const now = holds(line.text);
      open.push({ holds: now, done: now });
    } else if (word === 'elif' && last) {
      last.holds = !last.done && holds(line.text);
      last.done ||= last.holds;
    } else if (word === 'else' && last) last.holds = !last.done;
    else if (word === 'endif') open.pop();
    else if (word === undefined && open.every((branch) => branch.holds)) kept.push(line);
  }
  return kept;
}
