import type { Lab } from '../lab/lab.ts';
import { idOf } from './id.ts';

const files = import.meta.glob<Lab>('../../content/*/*/lab.ts', { import: 'default' });

/** In the browser: the lab of a page, fetched when it is asked for. */
export async function labOf(id: string): Promise<Lab> {
  const path = Object.keys(files).find((file) => idOf(file) === id);
  const fetchLab = path === undefined ? undefined : files[path];
  if (!fetchLab) throw new Error(`There is no lab ${id} on this site.`);
  return fetchLab();
}
