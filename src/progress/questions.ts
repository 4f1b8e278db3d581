import { own, type Document } from './document.ts';

/** The entries under which a page's question is kept: its last answer, and whether it is due once more. */
export const answerKey = (question: string): string => `question ${question}`;
export const againKey = (question: string): string => `again ${question}`;

/** Whether a wrong answer waits to be made good. An empty entry says that it was: other tabs must learn that too. */
export function isDue(document: Document, page: string, question: string): boolean {
  return (own(own(document.labs, page)?.entries ?? {}, againKey(question))?.value ?? '') !== '';
}

/** How many questions of the whole course are due once more. */
export function countDue(document: Document): number {
  return Object.entries(document.labs).flatMap(([page, { entries }]) =>
    Object.keys(entries).filter((key) => key.startsWith(againKey('')) && isDue(document, page, key.slice(againKey('').length)))).length;
}
