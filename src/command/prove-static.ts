import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import cheatSheet from '../../content/cheat-sheet.ts';
import type { Problem } from '../lab/author-error.ts';
import { cheatSheetProblems } from '../proof/cheat-sheet.ts';
import { coverageProblems, coverageReport, type Syllabus } from '../proof/coverage.ts';
import { coursePages } from '../proof/course-page.ts';
import { outlineProblems } from '../proof/outline.ts';
import { siteProblems } from '../proof/site-links.ts';
import { htmlProblems } from '../proof/valid-html.ts';
import { root } from './tool.ts';

const syllabus = (): Syllabus => JSON.parse(readFileSync(join(root, 'content/coverage.json'), 'utf8'));

/** What can be said of the whole course before a machine runs or the site is built. */
export function writtenProblems(): Problem[] {
  const pages = coursePages(root);
  return [...outlineProblems(pages), ...coverageProblems(pages, syllabus()), ...cheatSheetProblems(cheatSheet, pages)];
}

/** What needs no machine and concerns the whole course: its outline, ids of the syllabus, and HTML, links, anchors and images of the built site. */
export function staticParts(): { readonly problems: readonly Problem[]; readonly coverage: readonly string[] } {
  const dist = join(root, 'dist');
  const files = globSync('**/*', { cwd: dist }).map((path) => path.replaceAll('\\', '/'));
  const html = files.filter((path) => path.endsWith('.html'));
  const pages = new Map(html.map((path) => [path, readFileSync(join(dist, path), 'utf8')]));
  return {
    problems: [
      ...writtenProblems(),
      ...siteProblems({ files: new Set(files), pages, base: '/' }),
      ...htmlProblems(pages),
    ],
    coverage: coverageReport(coursePages(root), syllabus()),
  };
}
