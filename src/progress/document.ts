import type { Fact } from '../lab/verdict.ts';

/** Times are milliseconds since 1970, from the injected clock. */
export interface Recorded {
  readonly value: string;
  readonly at: number;
}

/** A step that was shown to be done, with what it proved. */
export interface Passed {
  readonly at: number;
  readonly facts: readonly Fact[];
  readonly interpretations: readonly string[];
  readonly open: readonly string[];
}

/** A section of a page that was read to its end. */
export interface Read {
  readonly at: number;
}

/** What was done on one page of the course, a lab's or a reading page. */
export interface LabProgress {
  /** Older entries and passes do not count: the reader began again here. */
  readonly since: number;
  /** By field id. */
  readonly entries: Readonly<Record<string, Recorded>>;
  /** By step id. */
  readonly passed: Readonly<Record<string, Passed>>;
  /** By section id. */
  readonly read: Readonly<Record<string, Read>>;
}

/** All that a reader has done, as it is stored. By page id (`node/evidence`, `node`). Version 1 knew no sections. */
export interface Document {
  readonly version: 2;
  readonly labs: Readonly<Record<string, LabProgress>>;
}

export const emptyDocument: Document = { version: 2, labs: {} };
export const emptyLab: LabProgress = { since: 0, entries: {}, passed: {}, read: {} };

/** `own` of a record, without what lies on Object.prototype. */
export const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  (Object.hasOwn(record, key) ? record[key] : undefined);

/** Both records; where both have a key, the one that `better` gives. Keys sorted, so that order of merging leaves no trace. */
export function union<T>(a: Readonly<Record<string, T>>, b: Readonly<Record<string, T>>, better: (a: T, b: T, key: string) => T): Record<string, T> {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(keys.map((key): [string, T] => {
    const [left, right] = [own(a, key), own(b, key)];
    return [key, (left !== undefined && right !== undefined ? better(left, right, key) : left ?? right) as T];
  }));
}

const after = <T extends { readonly at: number }>(since: number, record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([, { at }]) => at >= since));

/** On equal times the greater text wins, so that two tabs agree whoever merges first. */
export const newest = (a: Recorded, b: Recorded): Recorded => (a.at > b.at || (a.at === b.at && a.value >= b.value) ? a : b);

export const latest = (a: Passed, b: Passed): Passed =>
  (a.at > b.at || (a.at === b.at && JSON.stringify(a) >= JSON.stringify(b)) ? a : b);

export const later = (a: Read, b: Read): Read => (a.at >= b.at ? a : b);

/** When anything was done last on a page; 0 when nothing was. */
export const lastDone = ({ since, entries, passed, read }: LabProgress): number =>
  Math.max(since, ...[entries, passed, read].flatMap((record) => Object.values<{ readonly at: number }>(record)).map(({ at }) => at));

function mergeLabs(a: LabProgress, b: LabProgress): LabProgress {
  const since = Math.max(a.since, b.since);
  return {
    since,
    entries: after(since, union(a.entries, b.entries, newest)),
    passed: after(since, union(a.passed, b.passed, latest)),
    read: after(since, union(a.read, b.read, later)),
  };
}

/** What two tabs did together: all passes, the newest entry of each field. In any order, any number of times, the same. */
export const merge = (a: Document, b: Document): Document => ({ version: 2, labs: union(a.labs, b.labs, mergeLabs) });
