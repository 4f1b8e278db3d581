import { Store, type Readable } from '../base/store.ts';
import type { Entries } from '../lab/step.ts';
import type { Outline } from '../lab/outline.ts';
import { emptyDocument, emptyLab, lastDone, merge, own, type Document, type LabProgress, type Passed } from './document.ts';
import { adopt, fitting, readProgressFile } from './file.ts';
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

/** What became of a file. `why` is a clause about it; `leftOut` names what this course does not have. */
export type TakenIn = { readonly kind: 'taken'; readonly leftOut: readonly string[] } | { readonly kind: 'refused'; readonly why: string };

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
  readonly #elsewhere = new Store<Document | undefined>(undefined);
  /** What was stored when this tab last looked, or wrote; undefined while nothing was, or nothing that can be read. */
  #seen: { readonly text: string; readonly document: Document } | undefined;
  /** A sentence about what was stored and is gone. */
  #lost: string | undefined;

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

  /** Changes when another tab's work has come in: to what was known before. */
  get elsewhere(): Readable<Document | undefined> {
    return this.#elsewhere;
  }

  lab(id: string): LabProgress {
    return own(this.#document.get().labs, id) ?? emptyLab;
  }

  entries(id: string): Entries {
    return Object.fromEntries(Object.entries(this.lab(id).entries).map(([field, { value }]) => [field, value]));
  }

  enter(id: string, field: string, value: string): void {
    this.#change(id, (lab, at) => ({ ...lab, entries: { ...lab.entries, [field]: { value, at } } }));
  }

  pass(id: string, step: string, proof: Omit<Passed, 'at'>): void {
    this.#change(id, (lab, at) => ({ ...lab, passed: { ...lab.passed, [step]: { ...proof, at } } }));
  }

  read(id: string, section: string): void {
    this.#change(id, (lab, at) => ({ ...lab, read: { ...lab.read, [section]: { at } } }));
  }

  /** Begins the page again: what was done on it so far is gone, in other tabs too. */
  forget(id: string): void {
    this.#change(id, (_lab, at) => ({ ...emptyLab, since: at }));
  }

  /** Begins everything again, in other tabs too; takes the place of stored text that can not be read. */
  forgetAll(): void {
    const known = merge(this.#document.get(), this.#read() ?? emptyDocument);
    const since = this.#next(known);
    const document: Document = { version: 2, labs: Object.fromEntries(Object.keys(known.labs).map((id) => [id, { ...emptyLab, since }])) };
    this.#lost = undefined;
    this.#write(document);
    this.#document.set(document);
  }

  /** Takes in what another tab has stored: call it on the window's `storage` event, and when the page is seen again. */
  refresh(): void {
    const known = this.#seen;
    const before = this.#document.get();
    const stored = this.#read();
    if (stored === undefined || this.#seen === known) return;
    this.#document.set(merge(before, stored));
    this.#elsewhere.set(before);
  }

  /** Adds what a file proves to what is here; nothing that is here is lost. Nothing changes unless all of it could be kept. */
  takeIn(file: string, outline: Outline): TakenIn {
    const reading = readProgressFile(file);
    if (reading.kind === 'unreadable') return { kind: 'refused', why: reading.why };
    const stored = this.#read();
    if (stored === undefined) return { kind: 'refused', why: 'this browser keeps no progress at present, as the sentence below says' };
    const { document: theirs, leftOut } = fitting(reading.document, outline);
    const document = adopt(merge(this.#document.get(), stored), theirs, this.#now());
    if (!this.#write(document)) return { kind: 'refused', why: 'this browser has no room left to keep what is in it' };
    this.#document.set(document);
    return { kind: 'taken', leftOut };
  }

  #change(id: string, change: (lab: LabProgress, at: number) => LabProgress): void {
    this.refresh();
    const stored = this.#read();
    const known = stored === undefined ? this.#document.get() : merge(this.#document.get(), stored);
    const document: Document = { version: 2, labs: { ...known.labs, [id]: change(own(known.labs, id) ?? emptyLab, this.#next(known)) } };
    if (stored !== undefined) this.#write(document);
    this.#document.set(document);
  }

  /** Now, but later than all that was done before, even within one millisecond or when the clock went backwards: so the order is kept. */
  #next({ labs }: Document): number {
    return Math.max(this.#now(), ...Object.values(labs).map((lab) => lastDone(lab) + 1));
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
    if (text === null) return this.#cleared();
    if (text === this.#seen?.text) return this.#seen.document;
    const reading = normalizeDocument(text);
    this.#seen = reading.kind === 'document' ? { text, document: reading.document } : undefined;
    if (reading.kind === 'document') return reading.document;
    return this.#unkept(`The progress stored in this browser cannot be read (${reading.why}) and is left as it is`);
  }

  /** Nothing is stored. Where something was, the browser or its user has removed it, and what this tab still knows is stored again. */
  #cleared(): Document {
    const known = this.#document.get();
    if (this.#seen === undefined) return emptyDocument;
    this.#lost = 'The browser removed what this course had stored, while you were at it. What this tab still knew is stored again; a file of it outlives the next time.';
    this.#seen = undefined;
    this.#write(known);
    return known;
  }

  #write(document: Document): boolean {
    const text = JSON.stringify(document);
    try {
      this.#storage?.setItem(progressKey, text);
    } catch {
      this.#unkept('This browser has no room left for the page\'s storage');
      return false;
    }
    this.#seen = { text, document };
    this.#notice.set(this.#lost);
    return true;
  }

  #unkept(why: string): undefined {
    this.#notice.set(`${why}: what you do now is kept until you leave this page. Download a file of it before you do.`);
  }
}
