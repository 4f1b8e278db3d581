/** One thing that the author of a lab has to mend. Each part is a clause without a full stop, except `mend`: a sentence. */
export interface Problem {
  /** Lab, step, field: `node/evidence, step kernel, hint 2`. */
  readonly where: string;
  readonly expected: string;
  readonly found: string;
  readonly mend: string;
}

export const problemSentence = ({ where, expected, found, mend }: Problem): string =>
  `${where}: expected ${expected}, found ${found}. ${mend}`;

/** A fault in the course, never of the reader and never of the machine. */
export class AuthorError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map(problemSentence).join('\n'), options);
    this.name = 'AuthorError';
    this.problems = problems;
  }
}
