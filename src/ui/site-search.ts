import { loadSheet } from './load-sheet.ts';
import { ownScripts } from './own-scripts.ts';
import { make } from './make.ts';
import { recall, remember } from './remember.ts';
import sheet from './search.css?url';
import type { HitKind } from './search-hit.ts';
import { resultSections } from './search-results.ts';
import type { SearchAnswer, SearchAsk } from './search-worker.ts';
import { foundWords, lostWords } from './search-words.ts';

/**
 * Opens the search of the page; made on its first use. `base` is the path of the site, with a slash at its end; `early` tells what was
 * typed before the dialog stood. Rejects when its style sheet does not come.
 */
export async function openSearch(base: string, early: () => string | undefined): Promise<void> {
  await loadSheet(sheet);
  if (!customElements.get('site-search')) customElements.define('site-search', SiteSearch);
  let search = document.querySelector<SiteSearch>('site-search');
  if (!search) document.body.append((search = document.createElement('site-search') as SiteSearch));
  search.open(base, early());
}

/** A dialog with a field and, below it, links to what was found. Arrows go from one to the next, Enter follows, Escape closes. */
class SiteSearch extends HTMLElement {
  readonly #field = make('input', { type: 'search', id: 'search-field', autocomplete: 'off', spellcheck: false, enterKeyHint: 'go' });
  readonly #status = make('p', { role: 'status' });
  readonly #results = make('div', { className: 'results' });
  readonly #dialog = make('dialog', {});
  #base = '/';
  #worker: Worker | undefined;
  #asked = 0;
  #busy = false;
  /** Enter came before the answer did. */
  #follow = false;
  #whole: HitKind[] = [];

  connectedCallback(): void {
    if (this.#dialog.isConnected) return;
    const label = make('label', { htmlFor: this.#field.id, textContent: 'Search pages, labs, terms and commands' });
    const close = make('button', { type: 'button', className: 'quiet', textContent: 'Close' });
    close.addEventListener('click', () => this.#dialog.close());
    const byKey = make('input', { type: 'checkbox', checked: recall('search-key') !== 'off' });
    byKey.addEventListener('change', () => remember('search-key', byKey.checked ? 'on' : 'off'));
    this.#dialog.setAttribute('aria-label', 'Search');
    this.#dialog.append(
      label, make('div', { className: 'ask' }, this.#field, close), this.#status, this.#results,
      make('div', { className: 'keys-help' }, make('p', {}, 'Arrows move, Enter opens, Escape closes.'), make('label', {}, byKey, ' The key / opens the search')),
    );
    this.append(this.#dialog);
    this.#field.addEventListener('input', () => this.#ask([]));
    this.#dialog.addEventListener('keydown', (event) => this.#key(event));
    this.#dialog.addEventListener('click', ({ target }) => {
      // Beside the dialog, or on a link: on this page it leads to a place behind the dialog.
      if (target === this.#dialog || (target instanceof Element && target.closest('a'))) this.#dialog.close();
    });
  }

  open(base: string, typed = ''): void {
    this.#base = base;
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#field.focus();
    if (typed === '') return this.#field.select();
    this.#field.value = typed;
    this.#ask([]);
  }

  get #links(): HTMLAnchorElement[] {
    return [...this.#results.querySelectorAll('a')];
  }

  #ask(whole: HitKind[]): void {
    this.#whole = whole;
    this.#asked++;
    this.#follow = false;
    if (this.#field.value.trim() === '') return this.#show('', []);
    if (!this.#worker) {
      this.#status.textContent = 'Fetching the search index …';
      ownScripts();
      this.#worker = new Worker(new URL('./search-worker.ts', import.meta.url), { type: 'module' });
      this.#worker.addEventListener('message', ({ data }: MessageEvent<SearchAnswer>) => this.#answered(data));
      this.#worker.addEventListener('error', () => this.#answered({ id: this.#asked }));
    }
    if (!this.#busy) this.#send();
  }

  /** One question at a time: what was typed while it was on its way is the next, and letters in between are never looked up. */
  #send(): void {
    this.#busy = true;
    this.#worker?.postMessage({ id: this.#asked, base: this.#base, term: this.#field.value.trim(), whole: this.#whole } satisfies SearchAsk);
  }

  /** An answer to what is no longer asked is not shown; a lost index is lost for all. */
  #answered({ id, groups }: SearchAnswer): void {
    this.#busy = false;
    if (!groups) {
      this.#worker?.terminate();
      this.#worker = undefined;
      this.#show(lostWords(navigator.onLine), []);
    } else if (id === this.#asked) {
      this.#show(foundWords(this.#field.value.trim(), groups), resultSections(groups, (kind) => this.#more(kind)));
      if (this.#follow) this.#links[0]?.click();
    } else if (this.#field.value.trim() !== '') {
      this.#send();
    }
  }

  #show(status: string, sections: readonly HTMLElement[]): void {
    this.#status.textContent = status;
    this.#results.replaceChildren(...sections);
    this.#results.scrollTop = 0;
  }

  #more(kind: HitKind): void {
    this.#field.focus();
    this.#ask([...this.#whole, kind]);
  }

  #key(event: KeyboardEvent): void {
    const { key, target } = event;
    const links = this.#links;
    const at = links.findIndex((link) => link === target);
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      if (at === -1 && target !== this.#field) return;
      event.preventDefault();
      const to = at + (key === 'ArrowDown' ? 1 : -1);
      (to < 0 ? this.#field : links[to])?.focus();
    } else if (key === 'Enter' && target === this.#field) {
      event.preventDefault();
      if (this.#busy) this.#follow = true;
      else links[0]?.click();
    } else if (key === 'Escape') {
      event.preventDefault(); // a search field would be emptied first
      this.#dialog.close();
    } else if (at !== -1 && key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.#field.focus(); // a letter on a link goes on with the question
    }
  }
}
