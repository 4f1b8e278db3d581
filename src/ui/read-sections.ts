import { realTimers } from '../base/timers.ts';
import { pageId } from './home.ts';
import { pageProgress } from './page-progress.ts';
import { Reading, type Section } from './reading.ts';

/** Watches what is read on a reading page, by the rule of Reading. Parts are the children of the text, from one heading to the next. */
export function readSections(text: Element): void {
  const parts = new Map<Element, string>();
  const ends = new Map<Element, string>();
  const sections = new Map<string, number>();
  let id = '';
  for (const part of text.children) {
    const begins = part.matches('h2[id]');
    if (id !== '' && (begins || part.matches('section, .stamp'))) {
      ends.set(part, id);
      id = '';
    }
    if (begins) id = part.id;
    if (id === '') continue;
    parts.set(part, id);
    sections.set(id, (sections.get(id) ?? 0) + words(part));
  }
  const known = pageProgress().lab(pageId()).read;
  const open = [...sections].filter(([section]) => !Object.hasOwn(known, section)).map(([section, count]): Section => ({ id: section, words: count }));
  if (open.length === 0) return;

  const reading = new Reading(realTimers, open, (section) => pageProgress().read(pageId(), section));
  const visible = new Set<Element>();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) visible.add(target);
      else visible.delete(target);
      const ended = ends.get(target);
      if (ended !== undefined && isIntersecting) reading.ended(ended);
    }
    const inView = new Set([...visible].map((part) => parts.get(part)));
    for (const section of sections.keys()) reading.inView(section, inView.has(section));
  });
  for (const part of new Set([...parts.keys(), ...ends.keys()])) observer.observe(part);
  const away = (): void => reading.away(document.visibilityState === 'hidden');
  document.addEventListener('visibilitychange', away);
  away();
}

/** What has to be read of a part: a session is looked at. */
const words = (part: Element): number => (part.matches('pre') ? 0 : (part.textContent ?? '').split(/\s+/).filter(Boolean).length);
