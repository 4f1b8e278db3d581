import { toHex } from '../base/bytes.ts';
import { MachineError, type MachineErrorKind } from './error.ts';
import type { Machine } from './machine.ts';
import { promptAtEnd } from './prompt.ts';

/** One thing that every Machine does, whatever runs it. Knows no test framework: a case throws when the machine breaks its word. */
export interface ContractCase {
  readonly name: string;
  /** `machine` is ready, and perhaps used before; `open` gives one that is off. */
  run(machine: Machine, open: () => Promise<Machine>): Promise<void>;
}

export function claim(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

export const same = (found: unknown, wanted: unknown): void =>
  claim(JSON.stringify(found) === JSON.stringify(wanted), `expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)?.slice(0, 500)}`);

export async function refusal(work: Promise<unknown>, kind: MachineErrorKind): Promise<MachineError> {
  const error = await work.then(() => undefined, (reason: unknown) => reason);
  claim(error instanceof MachineError, `expected a MachineError ${kind}, found ${String(error)}`);
  same(error.kind, kind);
  claim(/[.!?]$/.test(error.message) && /[.!?]$/.test(error.remedy), `"${error.message}" "${error.remedy}" are not sentences`);
  return error;
}

/** 0, 1, 2 … with a period that no power of two divides. */
export const pattern = (length: number): Uint8Array => Uint8Array.from({ length }, (_, n) => (n * 7 + (n >> 8)) % 251);

export async function digest(bytes: Uint8Array): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.slice())));
}

/** Types a line and waits until the console shows `sign`, which the line itself must not hold. */
export async function typed(machine: Machine, line: string, sign: RegExp): Promise<string> {
  const before = machine.console.transcript().length;
  const shown = (): string => machine.console.transcript().slice(before);
  const done = new AbortController();
  const seen = new Promise<void>((resolve) => machine.console.read(() => { if (sign.test(shown())) resolve(); }, done.signal));
  machine.console.write(`${line}\r`);
  await seen;
  done.abort();
  return shown();
}

/** Waits for the shell's prompt in the boot under way: a machine is ready as soon as its agent answers, while its root file system may still be read-only. */
export async function prompted(machine: Machine): Promise<void> {
  const there = (): boolean => promptAtEnd(machine.console.boots().at(-1) ?? '') !== undefined;
  if (there()) return;
  const done = new AbortController();
  await new Promise<void>((resolve) => machine.console.read(() => { if (there()) resolve(); }, done.signal));
  done.abort();
}
