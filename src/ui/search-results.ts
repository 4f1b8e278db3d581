import { make } from './make.ts';
import type { Hit, HitGroup, HitKind } from './search-hit.ts';
import { countWords, groupTitle } from './search-words.ts';

/** The results as sections of links. What stands in the index can only ever become text. `more` is asked for the rest of a kind. */
export function resultSections(groups: readonly HitGroup[], more: (kind: HitKind) => void): HTMLElement[] {
  return groups.map(({ kind, total, hits }) => {
    const title = make('h2', { id: `found-${kind}`, textContent: groupTitle(kind) });
    const section = make('section', {}, title, make('ul', {}, ...hits.map((hit) => item(kind, hit))));
    section.setAttribute('aria-labelledby', title.id);
    if (hits.length < total) {
      const button = make('button', { type: 'button', className: 'quiet', textContent: `All ${countWords(kind, total)}` });
      button.addEventListener('click', () => more(kind));
      section.append(button);
    }
    return section;
  });
}

function item(kind: HitKind, { href, title, section, excerpt }: Hit): HTMLElement {
  const name = make(kind === 'command' ? 'code' : 'b', { textContent: title });
  const link = make('a', { href }, name, ...(section ? [make('span', { textContent: section })] : []));
  return make('li', {}, link, make('p', {}, ...excerpt.map(({ text, marked }) => (marked ? make('mark', { textContent: text }) : text))));
}
