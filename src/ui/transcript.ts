/** Escape sequences that colour, move or set titles: CSI, OSC, and the two-byte ones. */
const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_=>78])/g;

/** Whether the console stands at a shell's prompt, or at the `> ` of a command that goes on. */
export function atPrompt(transcript: string): boolean {
  const line = transcript.slice(-500).replace(ESCAPES, '').split(/[\r\n]/).at(-1) ?? '';
  return /(?:^|[^\s#$])[#$] $|^> $/.test(line);
}

/** What the console printed, as text that an editor shows well. */
export function plainTranscript(transcript: string): string {
  return transcript.replace(ESCAPES, '').replace(/\r+\n/g, '\n').replace(/[^\n\t\x20-\x7e\u0080-\uffff]/g, '');
}
