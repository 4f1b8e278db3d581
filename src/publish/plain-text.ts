import { attribute, element, elements, find, is, text, words, type Child, type Element } from './tree.ts';

/** What belongs to the page as a thing to be used: buttons, states, a machine, what is shown only later or twice. */
const left = ['.pager', '.actions', '.verdict', '.meaning', '.mark', '.without', '.because', '.reason', '.edit', 'boot-machine', 'input', 'textarea', 'script', 'style'];

/** How an element that Markdown does not know is said with those that it knows. */
const rules: readonly (readonly [parts: string, rule: (found: Element) => Child[]])[] = [
  ['header.title', (found) => found.children.toSorted((a, b) => Number(isTitle(b)) - Number(isTitle(a)))],
  ['pre', (found) => [...reason(found), found]],
  ['button.term', (found) => found.children],
  ['button', () => []],
  ['div.callout', (found) => [{ ...found, tagName: 'blockquote' }]],
  ['p.callout-title', (found) => [element('p', element('strong', ...found.children))]],
  ['lab-step', (found) => [step(found)]],
  ['div.fields', (found) => [element('p', 'To record:'), element('ul', ...elements(found).filter(isField).map(field))]],
  ['div.predict', (found) => [element('p', element('strong', 'A prediction')), ...found.children]],
  ['legend', (found) => [element('p', element('strong', ...found.children))]],
  ['div.option', (found) => [element('ul', element('li', ...found.children))]],
  ['summary', (found) => [element('p', element('strong', words(found)))]],
  ['svg', (found) => diagram(found)],
  ['figcaption', () => []],
];

/** A copy of an element in which everything is something that Markdown can say. `address` is asked for every link's address. */
export function plainText(from: Element, address: (href: string) => string): Element {
  const copy = (node: Child): Child[] => {
    if (node.type !== 'element') return node.type === 'text' ? [node] : [];
    if (left.some((parts) => is(node, parts))) return [];
    const [, rule] = rules.find(([parts]) => is(node, parts)) ?? [];
    return (rule?.(node) ?? [node]).flatMap((one): Child[] => (one.type === 'element' ? [inside(one)] : [one]));
  };
  const inside = (node: Element): Element => {
    const href = node.tagName === 'a' ? attribute(node, 'href') : undefined;
    return {
      ...node,
      properties: href === undefined ? node.properties : { ...node.properties, href: address(href) },
      children: joined(node.children.flatMap(copy)) as Element['children'],
    };
  };
  return inside(from);
}

/** Options stand in the page one by one: lists that follow each other become one list. */
function joined(children: readonly Child[]): Child[] {
  const all: Child[] = [];
  for (const child of children) {
    const last = all.at(-1);
    if (last?.type === 'element' && child.type === 'element' && last.tagName === 'ul' && child.tagName === 'ul') last.children.push(...child.children);
    else all.push(child);
  }
  return all;
}

/** A session that our machine does not run says why, above the session. */
function reason(found: Element): Child[] {
  const why = find(found, '.reason');
  return why ? [element('p', element('em', words(why)))] : [];
}

/** The number of the step and its title are one heading. */
function step(found: Element): Element {
  const number = words(find(found, '.step-number'));
  const title = find(found, 'h3');
  const header = find(found, 'header');
  const rest = elements(found).find(({ tagName }) => tagName === 'section')?.children.filter((child) => child !== header) ?? [];
  return element('section', element('h3', `${number}: ${words(title)}`), ...rest);
}

const isTitle = (child: Child): boolean => child.type === 'element' && child.tagName === 'h1';
const isField = ({ tagName, properties }: Element): boolean => (tagName === 'label' && 'htmlFor' in properties) || tagName === 'fieldset';

/** What a field asks for; of a choice also what there is to choose from. */
function field(found: Element): Element {
  if (found.tagName === 'label') return element('li', words(found));
  const options = elements(found).filter(({ tagName }) => tagName === 'label').map((label) => words(label));
  return element('li', `${words(find(found, 'legend'))} (${options.join(', ')})`);
}

function diagram(found: Element): Child[] {
  const part = (name: string): string => text(find(found, name) ?? found).trim();
  return [element('blockquote', element('p', element('strong', `Diagram: ${part('title')}`)), element('p', part('desc')))];
}
