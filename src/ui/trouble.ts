/** What went wrong, in words for the reader: never a verdict on the reader's work. */
export interface Trouble {
  readonly message: string;
  readonly remedy: string;
}

/** The machine's errors carry their remedy; what comes from elsewhere is ours and gets one that always holds. */
export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof Error)) return { message: String(error), remedy: RELOAD };
  if ('remedy' in error && typeof error.remedy === 'string') return { message: error.message, remedy: error.remedy };
  if (error.name === 'AuthorError')
    return { message: `This lab has a fault of its own: ${error.message}`, remedy: 'It is not your work that is wrong. Go on with another step, and please report the sentence above.' };
  if (/dynamically imported module|module script|Importing a module/i.test(error.message))
    return { message: 'A part of this page did not arrive: the server can not be reached.', remedy: 'Check the connection, then reload the page; your progress is kept.' };
  return { message: `The page ran into a fault of its own: ${error.message}`, remedy: RELOAD };
}

const RELOAD = 'Reload the page; your progress is kept.';
