import { once } from '../base/once.ts';
import type { Outline, OutlinePage } from '../lab/outline.ts';
import { own, type Document } from '../progress/document.ts';
import { countDue } from '../progress/questions.ts';
import { resumeAt } from '../progress/resume.ts';
import { tally, tallyWords } from '../progress/tally.ts';
import { courseOutline } from './course-outline.ts';
import { pageId } from './home.ts';
import { make } from './make.ts';
import { pageProgress } from './page-progress.ts';

/** Writes what is done beside the links of the course, and where to go on; kept up to date from then on. */
export const showMarks = once(async (): Promise<void> => {
  const progress = pageProgress();
  const outline = await courseOutline();
  const show = (document: Document): void => {
    for (const page of outline) markPage(document, page);
    markSections(document, outline);
    showResume(document, outline);
    const due = countDue(document);
    for (const mark of window.document.querySelectorAll('[data-due]')) mark.textContent = due === 0 ? '' : String(due);
  };
  progress.document.watch(show);
  show(progress.document.get());
});

/** Labs have places for their marks; a module's stands in its link of the sidebar, and below its title on the front page. */
function markPage(document: Document, page: OutlinePage): void {
  const counts = tally(document, page);
  const { steps, sections } = counts;
  for (const mark of window.document.querySelectorAll(`[data-progress="${page.id}"]`))
    mark.textContent = steps.done === 0 ? '' : `${steps.done} of ${steps.of} proven`;
  if (page.sections.length === 0) return;
  for (const link of window.document.querySelectorAll(`.side a[href="${page.href}"]`))
    markIn(link, sections.done === 0 ? '' : `${sections.done} of ${sections.of} read`);
  for (const link of window.document.querySelectorAll(`.module h3 a[href="${page.href}"]`))
    markIn(link.closest('.module')?.querySelector(':scope > p') ?? link, tallyWords(counts));
}

/** The contents of this page: what was read to its end. */
function markSections(document: Document, outline: Outline): void {
  const page = outline.find(({ id }) => id === pageId());
  const read = own(document.labs, page?.id ?? '')?.read ?? {};
  for (const { id } of page?.sections ?? []) {
    const link = window.document.querySelector(`.toc a[href="#${CSS.escape(id)}"]`);
    if (link) markIn(link, Object.hasOwn(read, id) ? 'read' : '');
  }
}

function markIn(place: Element, words: string): void {
  const found = place.querySelector(':scope > .mark');
  if (words === '') return found?.remove();
  const mark = found ?? make('span', { className: 'mark' });
  mark.textContent = words;
  if (!found) place.append(' ', mark);
}

/** `Continue at step 3, Log`: a link that goes there. */
function showResume(document: Document, outline: Outline): void {
  const place = resumeAt(document, outline);
  for (const line of window.document.querySelectorAll<HTMLElement>('[data-resume]')) {
    line.hidden = place === undefined;
    if (!place) continue;
    const { page, anchor, words } = place;
    const link = make('a', { href: page.href + (anchor ? `#${anchor}` : ''), textContent: words ? `Continue at ${words}` : 'Continue with the next page' });
    line.replaceChildren(link, window.document.createTextNode(`: ${page.title}`));
  }
}
