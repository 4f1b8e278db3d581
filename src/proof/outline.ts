import type { Problem } from '../lab/author-error.ts';
import type { CoursePage } from './course-page.ts';

/** Labs that no reader could find: the site lists a lab under its module's page. */
export function outlineProblems(pages: readonly Pick<CoursePage, 'id' | 'file' | 'kind'>[]): Problem[] {
  const modules = new Set(pages.filter(({ kind }) => kind === 'module').map(({ id }) => id));
  return pages.filter(({ kind, id }) => kind === 'lab' && !modules.has(id.split('/')[0] ?? '')).map(({ file }) => ({
    where: file,
    expected: `the page of its module, ${file.split(/[\\/]/).slice(0, -2).join('/')}/index.mdx`,
    found: 'none',
    mend: 'Write it, with title, summary and covers in its front matter: a lab is listed under its module.',
  }));
}
