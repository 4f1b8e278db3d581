import { Progress } from '../progress/progress.ts';
import { pageStorage } from './storage.ts';

/** Writes beside each lab's link how many of its steps are proven. */
export function showMarks(): void {
  const progress = new Progress({ storage: pageStorage(), now: Date.now });
  const show = (): void => {
    for (const mark of document.querySelectorAll<HTMLElement>('[data-progress]')) {
      const proven = Object.keys(progress.lab(mark.dataset['progress'] ?? '').passed).length;
      mark.textContent = proven === 0 ? '' : `${proven} of ${mark.dataset['steps']} proven`;
    }
  };
  progress.document.watch(show);
  addEventListener('storage', () => progress.refresh());
  // A lab on this page tells its own steps; other labs only change in other tabs.
  addEventListener('bootable-passed', () => progress.refresh());
  show();
}
