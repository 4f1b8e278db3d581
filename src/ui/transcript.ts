import { withoutEscapes } from '../base/escapes.ts';

/** What the console printed, as text that an editor shows well. */
export function plainTranscript(transcript: string): string {
  return withoutEscapes(transcript).replace(/\r+\n/g, '\n').replace(/[^\n\t\x20-\x7e\u0080-\uffff]/g, '');
}
