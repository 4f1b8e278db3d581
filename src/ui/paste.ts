/** Control characters that no text needs: an escape sequence in a clipboard could end the bracket round it, and be obeyed. */
const controls = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]/g;

/**
 * What goes to the terminal for a clipboard's text. `question` is what the reader has to agree to first: where the program at the console does
 * not tell a paste from typing (`bracketed` is false), each line is run as soon as its end arrives.
 */
export function pasted(clipboard: string, bracketed: boolean): { readonly text: string; readonly question: string | undefined } {
  const text = clipboard.replace(/\r\n?/g, '\n').replace(controls, '');
  const lines = text.split('\n').length;
  const question = bracketed || lines === 1 ? undefined
    : `Paste ${lines} lines? What has the console now takes each line as soon as it arrives: you can not look at them first.`;
  return { text, question };
}
