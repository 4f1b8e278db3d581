import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import type { Problem } from '../lab/author-error.ts';

/** A built site: every file's path (`node/index.html`), and the text of its pages. */
export interface Site {
  readonly files: ReadonlySet<string>;
  readonly pages: ReadonlyMap<string, string>;
  /** `/` or `/course/`. */
  readonly base: string;
}

type Element = DefaultTreeAdapterTypes.Element;

/** Attributes that name another file. */
const references: Readonly<Record<string, string>> = { a: 'href', area: 'href', link: 'href', img: 'src', script: 'src', source: 'src', iframe: 'src' };

/** Links that lead nowhere, ids that stand twice, images and diagrams that are missing or not described. */
export function siteProblems(site: Site): Problem[] {
  const trees = new Map([...site.pages].map(([path, text]) => [path, elements(parse(text))]));
  const ids = new Map([...trees].map(([path, all]) => [path, all.flatMap((element) => attribute(element, 'id') ?? [])]));
  return [...trees].flatMap(([path, all]) => [
    ...all.flatMap((element) => [...broken(site, path, element, ids), ...undescribed(path, element)]),
    ...(ids.get(path) ?? []).filter((id, index, list) => list.indexOf(id) < index).map((id): Problem =>
      ({ where: path, expected: 'ids that differ', found: `id="${id}" twice`, mend: 'Rename a heading or an element.' })),
  ]);
}

function broken(site: Site, path: string, element: Element, ids: ReadonlyMap<string, readonly string[]>): Problem[] {
  const name = references[element.tagName];
  const to = name && attribute(element, name);
  if (to === undefined) return element.tagName === 'img' ? [{ where: path, expected: 'an image with a source', found: 'none', mend: 'Say where the image is.' }] : [];
  const where = `${path}, <${element.tagName} ${name}="${to}">`;
  if (/^(data|blob|mailto):/.test(to)) return [];
  const url = new URL(to, `https://site.invalid${site.base}${path}`);
  if (url.host !== 'site.invalid') {
    return url.protocol === 'https:' ? [] : [{ where, expected: 'links elsewhere to be https', found: url.protocol, mend: 'Write https, or link to another page.' }];
  }
  if (!url.pathname.startsWith(site.base)) return [{ where, expected: `a path under ${site.base}`, found: url.pathname, mend: 'Make the address with link(), or write it relative.' }];
  const inside = decodeURIComponent(url.pathname.slice(site.base.length));
  const file = inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside;
  if (!site.files.has(file)) return [{ where, expected: 'a file of the site', found: `no ${file}`, mend: 'Correct the address, or write the page.' }];
  const anchor = decodeURIComponent(url.hash.slice(1));
  if (anchor === '' || !ids.has(file) || ids.get(file)?.includes(anchor)) return [];
  return [{ where, expected: `an element with id="${anchor}" in ${file}`, found: 'none', mend: 'Correct the anchor: a heading’s is its words in lower case, with hyphens.' }];
}

function undescribed(path: string, element: Element): Problem[] {
  const hidden = attribute(element, 'aria-hidden') === 'true';
  if (element.tagName === 'img' && !hidden) {
    const alt = attribute(element, 'alt');
    if (alt === undefined || (alt.trim() === '' && attribute(element, 'role') !== 'presentation')) {
      return [{ where: `${path}, <img src="${attribute(element, 'src') ?? ''}">`, expected: 'a description in alt', found: alt === undefined ? 'none' : 'an empty one', mend: 'Say what the image shows, or give it role="presentation".' }];
    }
  }
  if (element.tagName !== 'svg' || hidden) return [];
  const missing = ['title', 'desc'].filter((name) => !elements(element).some((child) => child.tagName === name && text(child).trim() !== ''));
  if (attribute(element, 'role') !== 'img') missing.unshift('role="img"');
  return missing.length === 0 ? [] : [{ where: `${path}, <svg>`, expected: 'role="img", a title and a desc', found: `no ${missing.join(', no ')}`, mend: 'Describe the diagram for those who cannot see it, or hide it with aria-hidden.' }];
}

const attribute = (element: Element, name: string): string | undefined => element.attrs.find((one) => one.name === name)?.value;

function elements(node: DefaultTreeAdapterTypes.ParentNode): Element[] {
  return node.childNodes.flatMap((child) => {
    if (!('tagName' in child)) return [];
    return [child, ...elements(child), ...('content' in child ? elements(child.content) : [])];
  });
}

const text = (element: Element): string => element.childNodes.map((child) => ('value' in child ? child.value : 'tagName' in child ? text(child) : '')).join('');
