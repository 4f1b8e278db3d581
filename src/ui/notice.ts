import type { Progress } from '../progress/progress.ts';
import sheet from './css/reader.css?url';
import { saveProgress } from './save-progress.ts';
import { loadSheet } from './load-sheet.ts';
import { make } from './make.ts';

/** Says that progress is not kept, with the way to keep it: in the lab's panel where there is one, else at the foot of the window. */
export async function showNotice(sentence: string, progress: Progress): Promise<void> {
  const place = document.querySelector('[data-notice]') ?? (await toast());
  const save = make('button', { type: 'button', className: 'quiet', textContent: 'Download a file of it' });
  save.addEventListener('click', () => saveProgress(progress));
  place.replaceChildren(`${sentence} `, save);
}

async function toast(): Promise<Element> {
  const made = document.querySelector('.toast > p');
  if (made) return made;
  await loadSheet(sheet);
  const box = make('div', { className: 'toast' });
  const words = document.createElement('p');
  words.setAttribute('role', 'status');
  const close = make('button', { type: 'button', className: 'quiet', textContent: 'Close' });
  close.addEventListener('click', () => box.remove());
  box.append(words, close);
  document.body.append(box);
  return words;
}
