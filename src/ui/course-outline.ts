import { once } from '../base/once.ts';
import type { Outline } from '../lab/outline.ts';
import { home } from './home.ts';

/** What the course consists of, fetched once for the page; rejects where the server does not give it, and is asked again then. */
export const courseOutline = once(async (): Promise<Outline> => {
  const answer = await fetch(new URL('outline.json', home()));
  if (!answer.ok) throw new Error(`The server answered ${answer.status} to the course's outline.`);
  return answer.json();
});
