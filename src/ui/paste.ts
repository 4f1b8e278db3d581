/** Control characters that no text needs: an escape sequence in a clipboard could end the bracket round it, and be obeyed. */
const controls = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]/g;

/**
 * What goes to the terminal for a clipboard's text. `question` is what the reader has to agree to first: where the program at the console does
 * not tell a paste from typing (`bracketed` is false), each line is run as soon as its end arrives.
 */
export function pasted(clipboard: string, bracketed: boolean): { readonly text: string; readonly question: string | undefined } {
  const text = clipboard.replace(/\r\n?/g, '\n').replace(controls, '');
  const lines = text.replace(/\n$/, '').split('\n').length;
  const question = bracketed || !text.includes('\n') ? undefined
    : `Paste ${lines === 1 ? 'a line and its end' : `${lines} lines`}? What has the console now takes a line as soon as its end arrives: you can not look at it first.`;
  return { text, question };
}
