import { remember } from './remember.ts';

/** The button in the bar: to the other theme than the one that is shown, and remembered. */
export function themeToggle(button: HTMLButtonElement): void {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const other = () => ((root.dataset['theme'] ?? (system.matches ? 'dark' : 'light')) === 'dark' ? 'light' : 'dark');
  const label = () => {
    button.textContent = other() === 'dark' ? 'Dark' : 'Light';
    button.ariaLabel = `Switch to the ${other()} theme`;
  };
  button.addEventListener('click', () => {
    remember('theme', (root.dataset['theme'] = other()));
    label();
  });
  system.addEventListener('change', label);
  label();
  button.hidden = false;
}
