/** A command as a page shows it: the prompt before it, and its lines. */
export interface ShownCommand {
  /** `#`, `$`, `grub>`, `root@node-1:/tmp#`. */
  readonly prompt: string;
  readonly lines: readonly string[];
}

/** The commands of a session on the page. */
export function shownCommands(session: Element): ShownCommand[] {
  const commands: { prompt: string; lines: string[] }[] = [];
  for (const typed of session.querySelectorAll('.typed')) {
    const prompt = typed.querySelector('.prompt')?.textContent?.trim() ?? '';
    const line = typed.querySelector('b')?.textContent ?? '';
    if (prompt === '>') commands.at(-1)?.lines.push(line);
    else commands.push({ prompt, lines: [line] });
  }
  return commands;
}

/**
 * The sessions of a page that its proof runs in the machine that its reader gets, in order: none that was recorded elsewhere or is not run,
 * none behind a fence that went on with a cold boot, and no solution of a lab's step, which has a button of its own.
 */
export function runnableSessions(page: ParentNode): HTMLElement[] {
  let cold = false;
  return [...page.querySelectorAll<HTMLElement>('[data-session]')].filter((session) => {
    if (session.dataset['machine']) cold = session.dataset['machine'] === 'cold';
    return !cold && !session.closest('.solution') && !session.querySelector('.reason') && session.querySelector('.typed') !== null;
  });
}
