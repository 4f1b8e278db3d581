import rehypeRemark, { type Options } from 'rehype-remark';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import type { BuiltPage } from './built-page.ts';
import { plainText } from './plain-text.ts';
import { attribute, find, text, type Element } from './tree.ts';

type Handle = NonNullable<NonNullable<Options['handlers']>[string]>;

/** A code block keeps its language; a session of the machine is `console`, with prompts and output as the page shows them. */
const pre: Handle = (_state, element) => ({
  type: 'code',
  lang: attribute(element, 'dataLanguage') ?? (attribute(element, 'dataSession') === undefined ? null : 'console'),
  value: text(find(element, 'code') ?? element).replace(/\n$/, ''),
});

const kbd: Handle = (_state, element) => ({ type: 'inlineCode', value: text(element) });

const writer = unified()
  .use(rehypeRemark, { handlers: { pre, kbd } })
  .use(remarkGfm, { tablePipeAlign: false })
  .use(remarkStringify, { bullet: '-', emphasis: '_', rule: '-', fences: true, listItemIndent: 'one' });

/**
 * A page as Markdown, from what the reader sees: its text, commands and their output, a step's task, what it asks for, its hints and its
 * solution, questions with their answers. `here` is the page's address; `address` makes that of a link out of what the page has.
 */
export function twin({ main }: BuiltPage, here: string, address: (href: string) => string): string {
  const body: Element = plainText(main, address);
  const tree = writer.runSync({ type: 'root', children: [body] });
  return `${writer.stringify(tree as Parameters<typeof writer.stringify>[0]).trimEnd()}\n\n---\n\nThe Markdown twin of [${here}](${here}), a page of Bootable. Text: CC BY 4.0.\n`;
}
