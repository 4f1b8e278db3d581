/** Why the page types nothing into the machine now, and when it would. */
export class NotNow extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'NotNow';
    this.remedy = remedy;
  }
}

export const notAtPrompt = (): NotNow => new NotNow(
  'The console is busy with a program or another shell, so nothing was typed into it.',
  'End it first (q leaves a pager, Ctrl+C stops most programs, exit leaves a shell), then try again.',
);
