const TAKES_FOCUS = 'a[href], button:enabled, input:enabled, textarea, summary, [tabindex="0"]';

/**
 * Where the key leads that leaves the terminal `host` of a machine: back to where the reader came from, else on to what follows the
 * terminal; to the machine's buttons when they are asked for, or when nothing else is there.
 */
export function leaveTerminal(element: HTMLElement, host: HTMLElement): (toButtons: boolean) => void {
  let cameFrom: HTMLElement | undefined;
  host.addEventListener('focusin', ({ relatedTarget }) => {
    if (relatedTarget instanceof HTMLElement && !element.contains(relatedTarget)) cameFrom = relatedTarget;
  });
  // Who goes by Tab through the buttons is on the way to what follows.
  element.addEventListener('keydown', ({ key, target }) => {
    if (key === 'Tab' && target instanceof Node && !host.contains(target)) cameFrom = undefined;
  });
  const follows = (way: Element): boolean => (host.compareDocumentPosition(way) & Node.DOCUMENT_POSITION_FOLLOWING) > 0 && !host.contains(way);
  return (toButtons) => {
    const ways = [
      ...(toButtons ? [] : [cameFrom, ...[...document.querySelectorAll<HTMLElement>(TAKES_FOCUS)].filter(follows)]),
      ...element.querySelectorAll<HTMLElement>('[data-tools] button:enabled'),
    ];
    ways.find((way) => way?.checkVisibility() && !way.closest('[inert]'))?.focus();
  };
}
