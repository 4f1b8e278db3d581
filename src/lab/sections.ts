/**
 * A probe that looks at several things: each piece runs in its own subshell, and its output ends with a line that
 * carries the lab's nonce, so that nothing a piece prints can be taken for a border.
 */
export interface Section {
  /** stdout of the piece, without the last line end. */
  readonly out: string;
  /** Its exit code. */
  readonly code: number;
}

const border = (nonce: string): string => `%%${nonce}%%`;

/** Names are of letters, digits, `.`, `_` and `-`. A piece's stderr is not collected: write `2>&1` where it is evidence. */
export function sectionScript(nonce: string, pieces: Readonly<Record<string, string>>): string {
  return Object.entries(pieces)
    .map(([name, piece]) => `(\n${piece}\n) </dev/null 2>/dev/null; printf '\\n%s %s %s\\n' '${border(nonce)}' '${name}' "$?"`)
    .join('\n');
}

/** A section that is asked for and was never printed reads as empty with code 127. */
export class Sections {
  readonly #sections = new Map<string, Section>();

  constructor(nonce: string, stdout: string) {
    let out: string[] = [];
    for (const line of stdout.split('\n')) {
      const [mark, name, code] = line.split(' ');
      if (mark !== border(nonce) || name === undefined) {
        out.push(line);
        continue;
      }
      this.#sections.set(name, { out: out.join('\n').replace(/\n$/, ''), code: Number(code) });
      out = [];
    }
  }

  get(name: string): Section {
    return this.#sections.get(name) ?? { out: '', code: 127 };
  }

  /** The output, trimmed. */
  text(name: string): string {
    return this.get(name).out.trim();
  }

  lines(name: string): string[] {
    return this.text(name).split('\n').filter((line) => line.trim() !== '');
  }
}
