import { ageWords, sizeWords, type Checkpoint } from './checkpoint.ts';

interface Ways {
  /** Whether it belongs to this page's machine; one of another lab can only be deleted here. */
  readonly here: boolean;
  readonly kind: 'automatic' | 'tab' | 'lasting';
  back(button: HTMLButtonElement): void;
  remove(button: HTMLButtonElement): void;
}

/** One kept machine, with its size and age and what can be done with it. */
export function checkpointItem(checkpoint: Checkpoint, { here, kind, back, remove }: Ways): HTMLLIElement {
  const { name, bytes, at, lab } = checkpoint;
  const item = document.createElement('li');
  const facts = [sizeWords(bytes), ageWords(Date.now() - at), ...(kind === 'automatic' ? ['made by itself'] : kind === 'tab' ? ['this tab only'] : []), ...(here ? [] : [lab ? `of ${lab}` : 'of the front page'])];
  const words = document.createElement('p');
  words.append(Object.assign(document.createElement('b'), { textContent: name }), Object.assign(document.createElement('span'), { textContent: facts.join(' · ') }));
  item.append(words);
  const button = (text: string, does: (button: HTMLButtonElement) => void): void => {
    const made = Object.assign(document.createElement('button'), { type: 'button', textContent: text, ariaLabel: `${text}: ${name}` });
    made.addEventListener('click', () => does(made));
    item.append(made);
  };
  if (here) button('Go back', back);
  button('Delete', remove);
  return item;
}
