import rehypeParse from 'rehype-parse';
import { unified } from 'unified';

const parser = unified().use(rehypeParse);

/** A built page as the HTML parser reads it. */
export type Tree = ReturnType<typeof parser.parse>;
export type Child = Tree['children'][number];
export type Element = Extract<Child, { type: 'element' }>;

export const parse = (html: string): Tree => parser.parse(html);

/** All elements below a node, in the order of the page. */
export function elements(node: Tree | Element): Element[] {
  return node.children.flatMap((child) => (child.type === 'element' ? [child, ...elements(child)] : []));
}

export const attribute = (element: Element, name: string): string | undefined => {
  const value = element.properties[name];
  return value === undefined || value === null || value === false ? undefined : Array.isArray(value) ? value.join(' ') : String(value);
};

/** `parts` are a tag's name, `.class` or both, as in `p.summary`. */
export function is(element: Element, parts: string): boolean {
  const [name = '', ...classes] = parts.split('.');
  const own = element.properties['className'];
  return (name === '' || element.tagName === name) && classes.every((one) => Array.isArray(own) && own.includes(one));
}

export const find = (node: Tree | Element, parts: string): Element | undefined => elements(node).find((element) => is(element, parts));

/** The words of a node, as the reader sees them in one line. */
export const text = (node: Tree | Child): string =>
  (node.type === 'text' ? node.value : 'children' in node ? node.children.map(text).join('') : '');

export const words = (node: Tree | Child | undefined): string => (node ? text(node).replace(/\s+/g, ' ').trim() : '');

export const element = (tagName: string, ...children: (Child | string)[]): Element => ({
  type: 'element',
  tagName,
  properties: {},
  children: children.map((child) => (typeof child === 'string' ? { type: 'text', value: child } : child)) as Element['children'],
});
