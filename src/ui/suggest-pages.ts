import { make } from './make.ts';
import { nearPages } from './near-pages.ts';
import { part } from './part.ts';

/** On the page for addresses that lead nowhere: links to the pages whose names are nearest to the address, out of the list of all. */
export function suggestPages(): void {
  const all = part(document.body, 'all-pages');
  const pages = [...all.querySelectorAll('a')].map((link) => ({ href: link.pathname, title: link.textContent ?? '' }));
  const near = nearPages(location.pathname, pages, all.dataset['allPages'] ?? '/');
  if (near.length === 0) return;
  const box = part(document.body, 'near');
  box.querySelector('ul')?.replaceChildren(...near.map(({ href, title }) => make('li', {}, make('a', { href, textContent: title }))));
  box.hidden = false;
}
