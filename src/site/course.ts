import { getCollection, type CollectionEntry } from 'astro:content';
import type { Lab } from '../lab/lab.ts';
import { idOf, orderOf } from './id.ts';
import { link } from './link.ts';

/** A lab with its page. `id` is `module/lab`, as in the URL. */
export interface LabPage {
  readonly id: string;
  readonly href: string;
  readonly title: string;
  readonly summary: string;
  readonly lab: Lab;
  readonly entry: CollectionEntry<'labs'>;
}

export interface Module {
  readonly id: string;
  readonly href: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number | undefined;
  readonly entry: CollectionEntry<'modules'>;
  readonly labs: readonly LabPage[];
}

const labFiles = import.meta.glob<Lab>('../../content/*/*/lab.ts', { eager: true, import: 'default' });

/** All modules with their labs, in the order of the course. */
export async function course(): Promise<readonly Module[]> {
  const labs = new Map(Object.entries(labFiles).map(([path, lab]) => [idOf(path), lab]));
  const pages = inOrder(await getCollection('labs')).map((entry): LabPage => {
    const lab = labs.get(entry.id);
    if (!lab) throw new Error(`${entry.filePath ?? entry.id} has no lab.ts beside it: write one, or remove the page.`);
    return { id: entry.id, href: link(`/${entry.id}/`), title: entry.data.title, summary: entry.data.summary, lab, entry };
  });
  for (const id of labs.keys())
    if (!pages.some((page) => page.id === id)) throw new Error(`The lab ${id} has a lab.ts but no page.mdx beside it: a reader could not find it.`);

  const modules = inOrder(await getCollection('modules'));
  for (const { id, entry } of pages)
    if (!modules.some((module) => module.id === id.split('/')[0])) throw new Error(`${entry.filePath ?? id} belongs to a module without a page: write index.mdx in the folder above.`);
  return modules.map((entry): Module => ({
    id: entry.id,
    href: link(`/${entry.id}/`),
    title: entry.data.title,
    summary: entry.data.summary,
    minutes: entry.data.minutes,
    entry,
    labs: pages.filter((page) => page.id.startsWith(`${entry.id}/`)),
  }));
}

/** Every page of the course in reading order, for previous and next. */
export function readingOrder(modules: readonly Module[]): readonly { readonly href: string; readonly title: string }[] {
  return modules.flatMap((module) => [module, ...module.labs]);
}

function inOrder<T extends { filePath?: string | undefined }>(entries: T[]): T[] {
  const key = (entry: T) => orderOf(entry.filePath ?? '');
  return entries.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
