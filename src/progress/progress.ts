import { Store, type Readable } from '../base/store.ts';
import type { Entries } from '../lab/step.ts';
import { emptyDocument, emptyLab, merge, own, type Document, type LabProgress, type Passed } from './document.ts';
import { normalizeDocument } from './normalize.ts';

/** What is needed of localStorage; each method may throw. */
export interface ProgressStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export interface ProgressOptions {
  /** Undefined where a browser has none. Reading `window.localStorage` may itself throw: then pass undefined. */
  readonly storage: ProgressStorage | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export const progressKey = 'bootable-progress';

/**
 * What the reader has done. Every change is merged with what another tab has stored meanwhile, then stored. Where storing
 * is impossible the progress lives on in memory and `notice` says why; stored text that cannot be read is left untouched.
 */
export class Progress {
  readonly #storage: ProgressStorage | undefined;
  readonly #now: () => number;
  readonly #document = new Store<Document>(emptyDocument);
  readonly #notice = new Store<string | undefined>(undefined);

  constructor({ storage, now }: ProgressOptions) {
    this.#storage = storage;
    this.#now = now;
    this.refresh();
  }

  get document(): Readable<Document> {
    return this.#document;
  }

  /** A sentence for the reader while the progress is not being kept. */
  get notice(): Readable<string | undefined> {
    return this.#notice;
  }

  lab(id: string): LabProgress {
    return own(this.#document.get().labs, id) ?? emptyLab;
  }

  entries(id: string): Entries {
    return Object.fromEntries(Object.entries(this.lab(id).entries).map(([field, { value }]) => [field, value]));
  }

  enter(id: string, field: string, value: string): void {
    this.#change(id, (lab) => ({ ...lab, entries: { ...lab.entries, [field]: { value, at: this.#after(lab, own(lab.entries, field)) } } }));
  }

  pass(id: string, step: string, proof: Omit<Passed, 'at'>): void {
    this.#change(id, (lab) => ({ ...lab, passed: { ...lab.passed, [step]: { ...proof, at: this.#after(lab, own(lab.passed, step)) } } }));
  }

  /** Begins the lab again: its entries and passes so far are gone, in other tabs too. */
  forget(id: string): void {
    this.#change(id, (lab) => ({
      ...emptyLab,
      since: this.#after(lab, ...Object.values(lab.entries), ...Object.values(lab.passed)),
    }));
  }

  /** Takes in what another tab has stored: call it on the window's `storage` event. */
  refresh(): void {
    const stored = this.#read();
    if (stored !== undefined) this.#document.set(merge(this.#document.get(), stored));
  }

  /** Now, but later than what is replaced, even within one millisecond or when the clock went backwards. */
  #after(lab: LabProgress, ...replaced: readonly ({ readonly at: number } | undefined)[]): number {
    return Math.max(this.#now(), lab.since, ...replaced.map((old) => (old === undefined ? 0 : old.at + 1)));
  }

  #change(id: string, change: (lab: LabProgress) => LabProgress): void {
    const stored = this.#read();
    const known = stored === undefined ? this.#document.get() : merge(this.#document.get(), stored);
    const document: Document = { version: 1, labs: { ...known.labs, [id]: change(own(known.labs, id) ?? emptyLab) } };
    if (stored !== undefined) this.#write(document);
    this.#document.set(document);
  }

  /** What is stored; undefined when nothing may be written over it. */
  #read(): Document | undefined {
    if (this.#storage === undefined) return this.#unkept('This browser gives the page no storage');
    let text: string | null;
    try {
      text = this.#storage.getItem(progressKey);
    } catch {
      return this.#unkept('This browser forbids the page to store anything');
    }
    if (text === null) return emptyDocument;
    const reading = normalizeDocument(text);
    if (reading.kind === 'document') return reading.document;
    return this.#unkept(`The progress stored in this browser cannot be read (${reading.why}) and is left as it is`);
  }

  #write(document: Document): void {
    try {
      this.#storage?.setItem(progressKey, JSON.stringify(document));
      this.#notice.set(undefined);
    } catch {
      this.#unkept('This browser has no room left for the page\'s storage');
    }
  }

  #unkept(why: string): undefined {
    this.#notice.set(`${why}: what you do now is kept until you close this tab. Download the report before you do.`);
  }
}
