import { BootMachine } from './boot.ts';
import { questionsOf } from './questions.ts';
import { returning } from './returning.ts';
import { searchButton } from './search-button.ts';
import { themeToggle } from './theme.ts';

// All the JavaScript that a page has before it is used: the rest comes when the reader boots or answers.
document.querySelectorAll<HTMLButtonElement>('[data-theme-toggle]').forEach(themeToggle);
document.querySelectorAll<HTMLButtonElement>('[data-search]').forEach(searchButton);
customElements.define('boot-machine', BootMachine);
const kept = returning();
questionsOf(document, kept);
if (kept && document.querySelector('[data-asked]')) import('./due-questions.ts').then((code) => code.showDue(), () => undefined);
// A page of this kind is served for any address that leads nowhere; under its own there is nothing to compare.
if (document.querySelector('[data-near]') && !location.pathname.endsWith('/404.html')) import('./suggest-pages.ts').then((code) => code.suggestPages(), () => undefined);
// Marks are an ornament: without them the page is whole.
if (kept) import('./marks.ts').then((code) => code.showMarks(), () => undefined);
// Reading is counted, and sessions get their buttons, once the reader moves.
for (const move of ['scroll', 'pointermove', 'focusin']) addEventListener(move, () => void import('./at-reading.ts').catch(() => undefined), { once: true, passive: true });
