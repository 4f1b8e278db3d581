import terms from '../../content/glossary.ts';
import { termAnchor } from '../lab/glossary.ts';

export interface Term {
  readonly name: string;
  readonly anchor: string;
  readonly meaning: string;
}

/** All terms, in the order of the alphabet. */
export const glossary: readonly Term[] = Object.entries(terms)
  .map(([name, meaning]) => ({ name, anchor: termAnchor(name), meaning }))
  .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { sensitivity: 'base' }));

/** A term by its name. Throws where the glossary does not have it. */
export function termOf(name: string): Term {
  const term = glossary.find((one) => one.name === name);
  if (!term) throw new Error(`<Term name="${name}">: content/glossary.ts does not define it. Add it there, or take the nearest of ${near(name).join(', ')}.`);
  return term;
}

const near = (name: string): string[] => glossary.map((one) => one.name).filter((one) => one[0]?.toLowerCase() === name[0]?.toLowerCase());
