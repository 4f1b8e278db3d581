/** One answer that the reader can choose. `Backticks` in a text set code; nothing else is markup. */
export interface Option {
  readonly text: string;
  readonly right?: true;
  /** Why it is right, or what is wrong in it: shown when the reader has answered. */
  readonly because: string;
}

/** A question with options. */
export interface Question {
  /** Lower-case letters, digits and hyphens; the reader's answer is kept under it, so it stays when the words change. */
  readonly id: string;
  /** The situation that the question is about. */
  readonly scene?: string;
  readonly ask: string;
  /** More than one option is right, and the answer is all of them. */
  readonly several?: true;
  readonly options: readonly Option[];
}

/** A question asked before an experiment on the page answers it. */
export type Prediction = Question;

/** What a page's `quiz.ts` exports. */
export interface Quiz {
  /** In the order in which `<Quiz />` shows them. Empty on a page that has predictions only. */
  readonly questions: readonly Question[];
  /** Each stands where the page says `<Predict id="…" />`. */
  readonly predictions?: readonly Prediction[];
}
