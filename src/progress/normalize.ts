import type { Fact } from '../lab/verdict.ts';
import type { Document, LabProgress, Passed, Read, Recorded } from './document.ts';

/** What is wrong with stored text: `why` is a clause about it ("it is not JSON"). */
export type Reading = { readonly kind: 'document'; readonly document: Document } | { readonly kind: 'unreadable'; readonly why: string };

type Shape<T> = (value: unknown, at: string) => T;

class Misfit extends Error {}

const object: Shape<Readonly<Record<string, unknown>>> = (value, at) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Misfit(`${at} is no object`);
  return value as Record<string, unknown>;
};
const text: Shape<string> = (value, at) => {
  if (typeof value !== 'string') throw new Misfit(`${at} is no text`);
  return value;
};
const time: Shape<number> = (value, at) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Misfit(`${at} is no time`);
  return value;
};
const list = <T>(item: Shape<T>): Shape<T[]> => (value, at) => {
  if (!Array.isArray(value)) throw new Misfit(`${at} is no list`);
  return value.map((one, index) => item(one, `${at}[${index}]`));
};
const record = <T>(item: Shape<T>): Shape<Record<string, T>> => (value, at) =>
  Object.fromEntries(Object.entries(object(value, at)).map(([key, one]): [string, T] => [key, item(one, `${at}.${key}`)]));

const fact: Shape<Fact> = (value, at) => {
  const { statement, command } = object(value, at);
  return { statement: text(statement, `${at}.statement`), command: text(command, `${at}.command`) };
};
const recorded: Shape<Recorded> = (value, at) => {
  const entry = object(value, at);
  return { value: text(entry['value'], `${at}.value`), at: time(entry['at'], `${at}.at`) };
};
const passed: Shape<Passed> = (value, at) => {
  const pass = object(value, at);
  return {
    at: time(pass['at'], `${at}.at`),
    facts: list(fact)(pass['facts'], `${at}.facts`),
    interpretations: list(text)(pass['interpretations'], `${at}.interpretations`),
    open: list(text)(pass['open'], `${at}.open`),
  };
};
const seen: Shape<Read> = (value, at) => ({ at: time(object(value, at)['at'], `${at}.at`) });
const lab: Shape<LabProgress> = (value, at) => {
  const { since, entries, passed: passes, read } = object(value, at);
  return {
    since: time(since, `${at}.since`),
    entries: record(recorded)(entries, `${at}.entries`),
    passed: record(passed)(passes, `${at}.passed`),
    read: record(seen)(read, `${at}.read`),
  };
};

/** The version that this code writes. */
const version = 2;

/** From version n to n + 1, by n; each must keep all that the reader did. */
export type Migrations = Readonly<Record<number, (old: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>>>;

const migrations: Migrations = {
  // Sections that were read came with version 2.
  1: (old) => ({ ...old, version: 2, labs: record((one, at) => ({ ...object(one, at), read: {} }))(old['labs'], 'labs') }),
};

/** Reads stored text of this version or an older one. Never throws. */
export function normalizeDocument(stored: string, steps: Migrations = migrations): Reading {
  let parsed: unknown;
  try {
    parsed = JSON.parse(stored);
  } catch {
    return { kind: 'unreadable', why: 'it is not JSON' }; // or nested deeper than a browser reads
  }
  try {
    let value = object(parsed, 'it');
    let from = value['version'];
    if (typeof from !== 'number') throw new Misfit('it carries no version');
    if (from > version) throw new Misfit(`it is of version ${from} and this page knows versions up to ${version}`);
    for (; from < version; from += 1) {
      const migrate = steps[from];
      if (migrate === undefined) throw new Misfit(`it is of version ${from}, which never was`);
      value = object(migrate(value), 'it');
    }
    return { kind: 'document', document: { version, labs: record(lab)(value['labs'], 'labs') } };
  } catch (error) {
    if (error instanceof Misfit) return { kind: 'unreadable', why: error.message };
    throw error;
  }
}
