import { recall } from './remember.ts';

/** The button in the bar, and the key `/` where nothing is being typed. What opens is fetched then. */
export function searchButton(button: HTMLButtonElement): void {
  const open = () => void import('./site-search.ts').then(({ openSearch }) => openSearch(button.dataset['search'] ?? '')).catch(() => {
    const note = document.createElement('p');
    note.popover = 'auto';
    note.role = 'alert';
    document.body.append(note);
    note.textContent = 'The search did not arrive: check the connection, then reload the page.';
    note.showPopover();
  });
  button.addEventListener('click', open);
  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (key !== '/' || event.ctrlKey || event.metaKey || event.altKey || recall('search-key') === 'off') return;
    if (target instanceof Element && target.closest('input,textarea,select,dialog,.terminal')) return;
    event.preventDefault(); // Firefox has a search of its own on this key
    open();
  });
  button.hidden = false;
}
