import { readSections } from './read-sections.ts';
import { runBlocks } from './run-blocks.ts';

// What a page does once its reader moves: it counts what is read, and offers to run what it shows.
const text = document.querySelector('main.prose');
if (text) {
  if (document.documentElement.dataset['kind'] === 'module') readSections(text);
  // Without their buttons the sessions are still there to be typed.
  runBlocks(text).catch(() => undefined);
}
