import type { Outline, OutlinePage } from '../lab/outline.ts';
import { later, latest, emptyLab, newest, own, union, type Document, type LabProgress, type Recorded } from './document.ts';
import { normalizeDocument, type Reading } from './normalize.ts';
import { againKey, answerKey } from './questions.ts';

const PRODUCT = 'Bootable, a reader\'s progress';

/** Bytes beyond which a file is not even read: a whole course done is a tenth of it. */
export const LARGEST_FILE = 2_000_000;

/** The reader's progress as a file's text. */
export const progressFile = (document: Document): string => `${JSON.stringify({ product: PRODUCT, ...document }, null, 1)}\n`;

/** Reads a file's text; never throws. `why` is a clause about the file. */
export function readProgressFile(text: string): Reading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'unreadable', why: 'it is not JSON, or it was cut short' };
  }
  const product: unknown = typeof value === 'object' && value !== null && Object.hasOwn(value, 'product') ? Reflect.get(value, 'product') : undefined;
  if (product !== PRODUCT) return { kind: 'unreadable', why: 'it does not say that it is the progress of a reader of this course' };
  return normalizeDocument(text);
}

/** A document with only what this course has, and the names of what it has not. */
export function fitting(document: Document, outline: Outline): { readonly document: Document; readonly leftOut: readonly string[] } {
  const leftOut: string[] = [];
  const labs = Object.entries(document.labs).flatMap(([id, progress]): [string, LabProgress][] => {
    const page = outline.find((one) => one.id === id);
    if (page) return [[id, fittingPage(progress, page, leftOut)]];
    leftOut.push(id);
    return [];
  });
  return { document: { version: 2, labs: Object.fromEntries(labs) }, leftOut };
}

function fittingPage({ since, entries, passed, read }: LabProgress, page: OutlinePage, leftOut: string[]): LabProgress {
  const only = <T>(record: Readonly<Record<string, T>>, known: readonly string[]): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([key]) => known.includes(key) || (leftOut.push(`${page.id}, ${key}`), false)));
  const asked = [...page.questions, ...page.predictions];
  return {
    since,
    entries: only(entries, [...page.fields, ...asked.map(answerKey), ...asked.map(againKey)]),
    passed: only(passed, page.steps.map(({ id }) => id)),
    read: only(read, page.sections.map(({ id }) => id)),
  };
}

/** A question that was made good leaves an empty entry: there the newer one counts, whatever it says. */
const better = (a: Recorded, b: Recorded, key: string): Recorded =>
  (key.startsWith(againKey('')) || (a.value === '') === (b.value === '') ? newest(a, b) : a.value === '' ? b : a);

/**
 * Ours with what the other has done. Nothing of ours goes: what the other has begun again is not begun again here, no empty
 * field takes the place of a filled one, and what was done after `now` by the other's clock was done now.
 */
export function adopt(ours: Document, other: Document, now: number): Document {
  const taken = Object.entries(other.labs).map(([id, theirs]): [string, LabProgress] => {
    const mine = own(ours.labs, id) ?? emptyLab;
    const timed = <T extends { readonly at: number }>(record: Readonly<Record<string, T>>): Record<string, T> =>
      Object.fromEntries(Object.entries(record).map(([key, one]) => [key, { ...one, at: Math.max(mine.since, Math.min(one.at, now)) }]));
    return [id, {
      since: mine.since,
      entries: union(mine.entries, timed(theirs.entries), better),
      passed: union(mine.passed, timed(theirs.passed), latest),
      read: union(mine.read, timed(theirs.read), later),
    }];
  });
  return { version: 2, labs: { ...ours.labs, ...Object.fromEntries(taken) } };
}
