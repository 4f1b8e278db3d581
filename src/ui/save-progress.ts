import { progressFile } from '../progress/file.ts';
import type { Progress } from '../progress/progress.ts';
import { download } from './download.ts';

/** Hands the reader the progress as a file, named after the day. */
export function saveProgress(progress: Progress): void {
  download(`bootable-progress-${new Date().toISOString().slice(0, 10)}.json`, progressFile(progress.document.get()), 'application/json');
}
