import { LARGEST_FILE } from '../progress/file.ts';
import type { TakenIn } from '../progress/progress.ts';
import { tally, tallyWords, total } from '../progress/tally.ts';
import { courseOutline } from './course-outline.ts';
import { showMarks } from './marks.ts';
import { pageProgress } from './page-progress.ts';
import { part } from './part.ts';
import { saveProgress } from './save-progress.ts';
import { troubleOf } from './trouble.ts';

/** The page about the reader's progress: what is done, a file of it, and beginning again. Shown once; a `pressed` button, whose press came before this code, is pressed again. */
export function showProgressPage(pressed?: EventTarget | null): void {
  const progress = pageProgress();
  const place = document.querySelector<HTMLElement>('reader-file');
  if (!place || place.dataset['shown']) return;
  place.dataset['shown'] = 'yes';
  const said = part(place, 'said');
  const say = (sentence: string): void => { said.textContent = sentence; };
  const input = place.querySelector<HTMLInputElement>('input[type="file"]');
  const save = part(place, 'save');
  const forget = part(place, 'forget-all');

  save.addEventListener('click', () => {
    saveProgress(progress);
    say('The file is among your downloads.');
  });
  const chosen = async (): Promise<void> => {
    const [file] = input?.files ?? [];
    if (!input || !file) return;
    say(await takeIn(file).catch((error: unknown) => {
      const { message, remedy } = troubleOf(error);
      return `${message} ${remedy}`;
    }));
    input.value = ''; // the same file can be chosen again
  };
  input?.addEventListener('change', () => void chosen());
  void chosen(); // before this code was here
  forget.addEventListener('click', () => {
    if (!confirm('Forget all that you read, answered and proved in this course? A file that you downloaded brings it back.')) return;
    progress.forgetAll();
    say('All of it is forgotten.');
  });
  if (pressed instanceof HTMLButtonElement) pressed.click();
  progress.document.watch(() => void showTallies());
  void showTallies();
  void showMarks().catch(() => undefined);
}

async function showTallies(): Promise<void> {
  const outline = await courseOutline().catch(() => []);
  const tallies = outline.map((page) => tally(pageProgress().document.get(), page));
  outline.forEach(({ id }, index) => {
    const cell = document.querySelector(`[data-tally="${id}"]`);
    const counts = tallies[index];
    if (cell && counts) cell.textContent = tallyWords(counts) || 'nothing yet';
  });
  part(document.body, 'total').textContent = tallyWords(total(tallies));
}

/** What became of the file, in words. Throws when the course's outline or the file can not be read. */
async function takeIn(file: File): Promise<string> {
  const refused = (why: string): string => `“${file.name}” was not taken in: ${why}. Nothing has changed.`;
  if (file.size > LARGEST_FILE) return refused(`it holds ${(file.size / 1e6).toFixed(1)} MB, and a file of this course at most ${LARGEST_FILE / 1e6} MB`);
  const outline = await courseOutline();
  const before = count();
  const taken: TakenIn = pageProgress().takeIn(await file.text(), outline);
  if (taken.kind === 'refused') return refused(taken.why);
  const { leftOut } = taken;
  const added = count() - before;
  const came = added === 0 ? 'all that it holds was here already' : `${added} ${added === 1 ? 'thing more is' : 'things more are'} done now`;
  const named = leftOut.slice(0, 5).join('; ') + (leftOut.length > 5 ? `; and ${leftOut.length - 5} more` : '');
  return `“${file.name}” was taken in: ${came}.${leftOut.length > 0 ? ` Left out, because this course does not have it: ${named}.` : ''}`;

  function count(): number {
    const document = pageProgress().document.get();
    return Object.values(total(outline.map((page) => tally(document, page)))).reduce((sum, { done }) => sum + done, 0);
  }
}
