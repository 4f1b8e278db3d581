export interface InlinePart {
  readonly kind: 'text' | 'code';
  readonly text: string;
}

/** Hints and verdicts are plain sentences in which `backticks` set code; nothing else is markup. */
export function inlineParts(sentence: string): readonly InlinePart[] {
  return sentence
    .split(/`([^`]+)`/)
    .map((text, index): InlinePart => ({ kind: index % 2 ? 'code' : 'text', text }))
    .filter(({ text }) => text !== '');
}

/** Puts a sentence into an element; what came from the machine can only ever become text. */
export function showInline(element: Element, sentence: string): void {
  element.replaceChildren(...inlineParts(sentence).map(({ kind, text }) => {
    if (kind === 'text') return document.createTextNode(text);
    const code = document.createElement('code');
    code.textContent = text;
    return code;
  }));
}
