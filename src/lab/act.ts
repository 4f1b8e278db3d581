import type { Rest } from './rest.ts';

/** Keys with a name, as GRUB's menu and editor want them, and the bytes that a serial terminal sends for them. */
const named: Readonly<Record<string, string>> = {
  Enter: '\r', Esc: '\x1b', Tab: '\t', Backspace: '\x7f', Up: '\x1b[A', Down: '\x1b[B', Right: '\x1b[C', Left: '\x1b[D', Home: '\x1b[H', End: '\x1b[F',
};

/**
 * One thing a reader does at the console. A string is a line typed at a prompt, ended by Enter; it is done when the next
 * prompt is there. The others are done when the machine has come to rest as `until` says:
 * `line`: a line whose end is another rest than the next prompt; with `boots`, that of the boot which the line brings about.
 * `press`: keys without an Enter of their own: a name (`Enter`, `Esc`, `Up`, `Ctrl+X`, …), or text that is typed as it is.
 * `reset`: the power button; the disk stays as it is.
 */
export type Act =
  | string
  | { readonly line: string; readonly boots?: true; readonly until: Rest }
  | { readonly press: readonly string[]; readonly until: Rest }
  | { readonly reset: true; readonly until: Rest };

const control = /^Ctrl\+([A-Z])$/;
const isName = (key: string): boolean => key in named || control.test(key);

/** What a terminal sends for these keys. */
export const keyBytes = (keys: readonly string[]): string => keys.map((key) => {
  const letter = control.exec(key)?.[1];
  return letter === undefined ? named[key] ?? key : String.fromCharCode(letter.charCodeAt(0) - 64);
}).join('');

export interface ActWords {
  /** `line` and `text` are typed, `key` is a key with a name, `button` stands on the page. */
  readonly kind: 'line' | 'text' | 'key' | 'button';
  readonly words: string;
}

/** An act as the page shows it; equal keys in a row are one with their number. */
export function actWords(act: Act): ActWords[] {
  if (typeof act === 'string') return [{ kind: 'line', words: act }];
  if ('line' in act) return [{ kind: 'line', words: act.line }];
  if ('reset' in act) return [{ kind: 'button', words: 'Reset' }];
  const words: ActWords[] = [];
  for (let at = 0; at < act.press.length; ) {
    const key = act.press[at] ?? '';
    let count = 1;
    while (act.press[at + count] === key) count++;
    words.push(isName(key) ? { kind: 'key', words: count > 1 ? `${key} × ${count}` : key } : { kind: 'text', words: key });
    at += count;
  }
  return words;
}

/** The line that an act types, where it types one. */
export const typedLine = (act: Act): string | undefined =>
  (typeof act === 'string' ? act : 'line' in act ? act.line : 'press' in act ? act.press.filter((key) => !isName(key)).join(' ') : undefined);
