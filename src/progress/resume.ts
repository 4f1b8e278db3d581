import type { Outline, OutlinePage } from '../lab/outline.ts';
import { lastDone, own, type Document } from './document.ts';
import { tally } from './tally.ts';

/** Where a reader goes on: a page and the place on it, with what stands there. */
export interface Place {
  readonly page: OutlinePage;
  /** Of the element: `step-log`, a section's id; undefined for the page's beginning. */
  readonly anchor: string | undefined;
  /** `step 3, Log`; `Four states`; undefined for the page's beginning. */
  readonly words: string | undefined;
}

/** The first thing on a page that is not done; undefined when all is. */
function openPlace(document: Document, page: OutlinePage): Place | undefined {
  const progress = own(document.labs, page.id);
  const step = page.steps.findIndex(({ id }) => !Object.hasOwn(progress?.passed ?? {}, id));
  const section = page.sections.findIndex(({ id }) => !Object.hasOwn(progress?.read ?? {}, id));
  const { questions } = tally(document, page);
  const { id, title } = page.steps[step] ?? page.sections[section] ?? {};
  if (step >= 0) return { page, anchor: `step-${id}`, words: `step ${step + 1}, ${title}` };
  if (section >= 0) return { page, anchor: id, words: title };
  return questions.done < questions.of ? { page, anchor: 'check-yourself', words: 'Check yourself' } : undefined;
}

/**
 * Where the reader goes on: on the page at which something was done last, else on the first one behind it at which something is
 * open, else on any. Undefined while nothing is done, and when all is.
 */
export function resumeAt(document: Document, outline: Outline): Place | undefined {
  const times = outline.map(({ id }) => {
    const progress = own(document.labs, id);
    return progress ? lastDone(progress) : 0;
  });
  const newest = Math.max(0, ...times);
  if (newest === 0) return undefined;
  const last = times.indexOf(newest);
  for (const page of [...outline.slice(last), ...outline.slice(0, last)]) {
    const place = openPlace(document, page);
    if (!place) continue;
    // A page that was never begun is begun at its top.
    return own(document.labs, page.id) ? place : { page, anchor: undefined, words: undefined };
  }
  return undefined;
}
