/** A probe that did not end by itself: the machine's fault, so no verdict. */
export class ProbeFailure extends Error {
  /** One sentence: what the reader can do now. */
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ProbeFailure';
    this.remedy = remedy;
  }
}
