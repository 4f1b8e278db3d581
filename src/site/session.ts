import type { ShikiTransformer } from 'shiki';
import { ELLIPSIS, fenceAttributes, sessionLines, type SessionLine } from '../lab/console-block.ts';
import { pieces, unmasked } from '../lab/mask.ts';

/**
 * Sets a fence `console` as a session: prompts that a copy leaves out, what is typed in full ink, what the machine
 * answered more quietly, its telling line marked, what varies from run to run underlined. A session that was not run on our
 * machine says so and why.
 */
export function consoleSession(): ShikiTransformer {
  return {
    name: 'console-session',
    code(node) {
      if (this.options.lang !== 'console') return;
      const { mark } = fenceAttributes(this.options.meta?.__raw ?? '');
      node.children = sessionLines(this.source).flatMap((line, index) => [...(index ? [{ type: 'text' as const, value: '\n' }] : []), render(line, mark)]);
    },
    pre(node) {
      if (this.options.lang !== 'console') return;
      node.properties['data-session'] = '';
      const { reason, machine } = fenceAttributes(this.options.meta?.__raw ?? '');
      // From here on the page's commands ran on another machine than the one a reader has.
      if (machine) node.properties['data-machine'] = machine;
      if (reason) node.children.unshift(element('span', 'reason', [word(`${reason.kind === 'recorded' ? 'Recorded' : 'Not run here'}: ${reason.text}`)]));
    },
  };
}

const word = (value: string) => ({ type: 'text' as const, value });
const element = (tagName: string, className: string, children: (ReturnType<typeof word> | Element)[]): Element =>
  ({ type: 'element', tagName, properties: className ? { class: className } : {}, children });

function render(line: SessionLine, mark: string | undefined) {
  if (line.kind === 'command')
    return element('span', 'typed', [element('span', 'prompt', [word(`${line.prompt} `)]), element('b', '', [word(line.typed)])]);
  const marked = mark !== undefined && unmasked(line.text).includes(mark);
  const parts = pieces(line.text).map(({ text, varies }) => (varies ? element('span', 'varies', [word(text)]) : word(text)));
  return element(marked ? 'mark' : 'span', line.text.trim() === ELLIPSIS ? 'left-out' : '', parts);
}

interface Element {
  type: 'element';
  tagName: string;
  properties: Record<string, string>;
  children: ({ type: 'text'; value: string } | Element)[];
}
