import { Progress } from '../progress/progress.ts';
import { pageStorage } from './storage.ts';

let progress: Progress | undefined;

/** The page's one Progress: it hears of other tabs, says what is not kept, and lets the marks be shown once there is something to show. */
export function pageProgress(): Progress {
  return (progress ??= open());
}

function open(): Progress {
  const made = new Progress({ storage: pageStorage(), now: Date.now });
  const refresh = (): void => made.refresh();
  addEventListener('storage', refresh);
  // A page that was frozen meanwhile heard of no change.
  addEventListener('pageshow', refresh);
  document.addEventListener('visibilitychange', refresh);
  const notice = (): void => {
    const sentence = made.notice.get();
    if (sentence) import('./notice.ts').then(({ showNotice }) => showNotice(sentence, made), () => undefined);
  };
  made.notice.watch(() => notice());
  // Where there is nothing to lose yet, a browser without storage is no news on each page.
  if (document.querySelector('[data-notice], reader-file')) notice();
  made.document.watch(() => {
    notice();
    // Marks are an ornament: without them the page is whole.
    import('./marks.ts').then(({ showMarks }) => showMarks(), () => undefined);
  });
  return made;
}
