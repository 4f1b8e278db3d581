const ROWS = 24;

/** What a terminal shows at the end of a transcript: its last lines, without the sequences that move the cursor. */
export function screenOf(transcript: string): string {
  const cleared = transcript.split(/\x1b\[H\x1b\[0?J|\x1bc|\x1b\[2J/).at(-1) ?? '';
  const text = cleared.replace(/\x1b\[[0-9;?!>]*[A-Zac-ln-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][0-9A-Z]|\x1b[=>78]|\r(?=\r)/g, '');
  return text.split('\n').slice(-ROWS).join('\n');
}
