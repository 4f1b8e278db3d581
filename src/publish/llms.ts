import type { BuiltPage } from './built-page.ts';
import { attribute, elements, find } from './tree.ts';

/**
 * `llms.txt`: what the site is, and every page's Markdown twin in the order of the course, a lab below its module, with the day of its
 * last proof. `address` makes the address of a twin out of the page's path.
 */
export function llmsText(pages: readonly BuiltPage[], base: string, address: (path: string) => string): string {
  const front = pages.find(({ path }) => path === '');
  const order = courseOrder(pages, base);
  const line = ({ path, title, description, kind, proven }: BuiltPage): string =>
    `${kind === 'lab' ? '  ' : ''}- [${title}](${address(path)}): ${description}${proven ? ` (proven ${proven})` : ''}\n`;
  const course = order.flatMap((path) => pages.find((page) => page.path === path) ?? []);
  const others = pages.filter((page) => !course.includes(page));
  return `# Bootable

> ${front?.description ?? ''}

Every page has a Markdown twin, index.md beside its index.html. Commands stand in \`console\` blocks: lines behind \`# \` (root) or \`$ \` (student) were typed on the machine of the course, the others are what it printed. A lab's page holds its hints and solutions.

## The course

${course.map(line).join('')}${others.length > 0 ? `\n## Optional\n\n${others.map(line).join('')}` : ''}`;
}

/** The order of the sidebar, as paths without the base. */
function courseOrder(pages: readonly BuiltPage[], base: string): string[] {
  const navs = pages.flatMap(({ tree }) => find(tree, 'nav.side') ?? []);
  if (!navs[0]) throw new Error('No page has the sidebar, <nav class="side">, that gives llms.txt its order.');
  return elements(navs[0]).filter(({ tagName }) => tagName === 'a').map((link) => (attribute(link, 'href') ?? '').slice(base.length));
}
