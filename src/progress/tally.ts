import type { OutlinePage } from '../lab/outline.ts';
import { emptyLab, own, type Document } from './document.ts';
import { answerKey } from './questions.ts';

/** How much of a page is done. What the page no longer has does not count. */
export interface Tally {
  readonly done: number;
  readonly of: number;
}

export interface PageTally {
  readonly sections: Tally;
  readonly questions: Tally;
  readonly steps: Tally;
}

export function tally(document: Document, page: OutlinePage): PageTally {
  const { read, passed, entries } = own(document.labs, page.id) ?? emptyLab;
  const count = (ids: readonly string[], done: (id: string) => boolean): Tally => ({ done: ids.filter(done).length, of: ids.length });
  return {
    sections: count(page.sections.map(({ id }) => id), (id) => Object.hasOwn(read, id)),
    questions: count(page.questions, (id) => (own(entries, answerKey(id))?.value ?? '') !== ''),
    steps: count(page.steps.map(({ id }) => id), (id) => Object.hasOwn(passed, id)),
  };
}

/** Of several pages together. */
export function total(tallies: readonly PageTally[]): PageTally {
  const sum = (kind: keyof PageTally): Tally =>
    tallies.reduce((all, one) => ({ done: all.done + one[kind].done, of: all.of + one[kind].of }), { done: 0, of: 0 });
  return { sections: sum('sections'), questions: sum('questions'), steps: sum('steps') };
}

/** `3 of 8 sections read, 2 of 5 questions answered`; '' while nothing is done. */
export function tallyWords({ sections, questions, steps }: PageTally): string {
  const kinds = [[sections, 'sections read'], [questions, 'questions answered'], [steps, 'steps proven']] as const;
  return kinds.filter(([{ done }]) => done > 0).map(([{ done, of }, what]) => `${done} of ${of} ${what}`).join(', ');
}
