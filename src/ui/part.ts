/** The part of an element that the server marked `data-NAME`. The page and its scripts are of one build, so it is there. */
export function part(element: Element, name: string): HTMLElement {
  const found = element.querySelector<HTMLElement>(`[data-${name}]`);
  if (!found) throw new Error(`<${element.localName}> has no [data-${name}] in it.`);
  return found;
}
