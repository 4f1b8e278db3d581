import { recall } from './remember.ts';

/** The button in the bar, and the key `/` where nothing is being typed. What opens is fetched then. */
export function searchButton(button: HTMLButtonElement): void {
  /** Letters that are typed while the code is on its way. */
  let early: string | undefined;
  const open = () => void import('./site-search.ts').then((code) => code.openSearch(button.dataset['search'] ?? '', () => early)).catch(() => {
    const note = Object.assign(document.createElement('p'), { popover: 'auto', role: 'alert' });
    document.body.append(note);
    note.textContent = 'The search did not arrive: check the connection, then reload the page.';
    note.showPopover();
  }).then(() => (early = undefined));
  button.addEventListener('click', open);
  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || (target instanceof Element && target.closest('input,textarea,select,dialog,.terminal'))) return;
    if (early !== undefined && key.length === 1) early += key;
    else if (key === '/' && recall('search-key') !== 'off') {
      early = '';
      open();
    } else return;
    event.preventDefault(); // Firefox has a search of its own on /, and a space scrolls
  });
  button.hidden = false;
}
