/** A section or a step: its id on the page, and its title. */
export interface OutlinePart {
  readonly id: string;
  readonly title: string;
}

/** What a page of the course holds that a reader can do. Ids are those under which it is kept. */
export interface OutlinePage {
  /** `node` or `node/evidence`. */
  readonly id: string;
  readonly title: string;
  /** With the base path. */
  readonly href: string;
  /** Of a reading page, those with a heading of their own; none on a lab's page, where the steps are what is done. */
  readonly sections: readonly OutlinePart[];
  /** Ids of the questions at the page's end. */
  readonly questions: readonly string[];
  /** Ids of the questions asked before an experiment. */
  readonly predictions: readonly string[];
  /** Of a lab, in order. */
  readonly steps: readonly OutlinePart[];
  /** Ids of the lab's fields. */
  readonly fields: readonly string[];
}

/** The course in reading order: a module's page, then its labs. */
export type Outline = readonly OutlinePage[];
