import type { ShikiTransformer } from 'shiki';

/** `# uname -r`, `$ ls` or `root@node-1:~# uname -r`: prompt, then what is typed. */
const COMMAND = /^((?:[\w.-]+@[\w.-]+:\S*)?[#$]|>) (.*)$/;

export type SessionLine =
  | { readonly kind: 'command'; readonly prompt: string; readonly typed: string }
  | { readonly kind: 'output'; readonly text: string };

/** What a line of a `console` block is. A `>` only continues a command; elsewhere it is output. */
export function sessionLine(line: string, previous: SessionLine | undefined): SessionLine {
  const [, prompt, typed] = COMMAND.exec(line) ?? [];
  if (prompt === undefined || typed === undefined) return { kind: 'output', text: line };
  if (prompt === '>' && previous?.kind !== 'command') return { kind: 'output', text: line };
  return { kind: 'command', prompt, typed };
}

/** `console mark="built-in"` marks each output line that holds the words. */
export const markOf = (meta: string): string | undefined => /(?:^|\s)mark="([^"]+)"/.exec(meta)?.[1];

/**
 * Sets a fence `console` as a session: prompts that a copy leaves out, what is typed in full ink, what the machine
 * answered more quietly, its telling line marked.
 */
export function consoleSession(): ShikiTransformer {
  return {
    name: 'console-session',
    code(node) {
      if (this.options.lang !== 'console') return;
      const mark = markOf(this.options.meta?.__raw ?? '');
      let previous: SessionLine | undefined;
      node.children = this.source.split('\n').flatMap((text, index) => {
        const line = sessionLine(text, previous);
        previous = line;
        return [...(index ? [{ type: 'text' as const, value: '\n' }] : []), render(line, mark)];
      });
    },
    pre(node) {
      if (this.options.lang === 'console') node.properties['data-session'] = '';
    },
  };
}

function render(line: SessionLine, mark: string | undefined) {
  const word = (value: string) => ({ type: 'text' as const, value });
  const element = (tagName: string, className: string, children: (ReturnType<typeof word> | Element)[]): Element =>
    ({ type: 'element', tagName, properties: className ? { class: className } : {}, children });
  if (line.kind === 'command')
    return element('span', 'typed', [element('span', 'prompt', [word(`${line.prompt} `)]), element('b', '', [word(line.typed)])]);
  const marked = mark !== undefined && line.text.includes(mark);
  return element(marked ? 'mark' : 'span', '', [word(line.text)]);
}

interface Element {
  type: 'element';
  tagName: string;
  properties: Record<string, string>;
  children: ({ type: 'text'; value: string } | Element)[];
}
