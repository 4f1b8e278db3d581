import { Progress } from '../progress/progress.ts';
import { countDue } from '../progress/questions.ts';
import { pageStorage } from './storage.ts';

/** Writes beside each lab's link how many of its steps are proven, and beside the questions to see again how many they are. */
export function showMarks(): void {
  const progress = new Progress({ storage: pageStorage(), now: Date.now });
  const show = (): void => {
    for (const mark of document.querySelectorAll<HTMLElement>('[data-progress]')) {
      const proven = Object.keys(progress.lab(mark.dataset['progress'] ?? '').passed).length;
      mark.textContent = proven === 0 ? '' : `${proven} of ${mark.dataset['steps']} proven`;
    }
    const due = countDue(progress.document.get());
    for (const mark of document.querySelectorAll('[data-due]')) mark.textContent = due === 0 ? '' : String(due);
  };
  progress.document.watch(show);
  addEventListener('storage', () => progress.refresh());
  // A lab on this page tells its own steps; other labs only change in other tabs.
  addEventListener('bootable-passed', () => progress.refresh());
  show();
}
