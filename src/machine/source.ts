import type { Timers } from '../base/timers.ts';
import { abortable, wait } from '../base/timers.ts';
import { MachineError, type MachineErrorKind } from './error.ts';

/** Where the files of image and snapshot come from. Knows nothing of what they hold. */
export interface Source {
  /**
   * The file's bytes; undefined when there is no such file; rejects when the server cannot be reached.
   * `fresh`: not from an HTTP cache, which may hold a damaged copy. `onBytes` is told of each piece as transferred.
   */
  read(path: string, options: { signal: AbortSignal; fresh: boolean; onBytes: (count: number) => void }): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

export interface Wanted<T> {
  readonly path: string;
  /** As in "the disk's index". */
  readonly name: string;
  readonly missing: MachineErrorKind;
  readonly damaged: MachineErrorKind;
  /** Gives what the bytes mean; throws when they are not what was asked for. */
  check(bytes: Uint8Array<ArrayBuffer>): Promise<T>;
  onBytes?(count: number): void;
}

const PAUSES = [250, 1_000, 3_000];
const STALLED = 8_000; // without a byte

/** Fetches and checks a file, again after a while when that fails; rejects with the last failure as a MachineError. */
export async function obtain<T>(source: Source, wanted: Wanted<T>, timers: Timers, signal?: AbortSignal): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await attemptOnce(source, wanted, timers, attempt > 0, signal);
    } catch (error) {
      signal?.throwIfAborted();
      const pause = PAUSES[attempt];
      if (pause === undefined) throw error;
      await wait(timers, pause, signal);
    }
  }
}

async function attemptOnce<T>(source: Source, wanted: Wanted<T>, timers: Timers, fresh: boolean, signal?: AbortSignal): Promise<T> {
  const { path, name, onBytes = () => undefined } = wanted;
  let bytes;
  try {
    bytes = await whileMoving(timers, (moved, inner) => source.read(path, { signal: inner, fresh, onBytes: (count) => { moved(); onBytes(count); } }), signal);
  } catch (cause) {
    signal?.throwIfAborted();
    throw offline()
      ? new MachineError('offline', `You are offline, and ${name} (${path}) has not been fetched before.`, 'Go online, then restart the machine.', { cause })
      : new MachineError('network', `The server does not deliver ${name} (${path}).`, 'Look whether you are online, then restart the machine.', { cause });
  }
  if (!bytes) throw new MachineError(wanted.missing, `The server has no file for ${name} (${path}).`, 'Reload the page: the course may have been published anew since you opened it.');
  try {
    return await wanted.check(bytes);
  } catch (cause) {
    if (cause instanceof MachineError) throw cause;
    throw new MachineError(wanted.damaged, `The server sent something else than ${name} (${path}).`, 'Reload the page; if that does not help, something between you and the server changes the files.', { cause });
  }
}

/** Gives up on `work` when nothing has moved for a while, however long it takes in all. */
function whileMoving<T>(timers: Timers, work: (moved: () => void, signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
  let last = timers.now();
  const late = (): Error => new Error(`nothing came for ${STALLED / 1000} s`);
  const stalled = new AbortController();
  const watch = (): (() => void) => timers.after(STALLED, () => {
    if (timers.now() - last >= STALLED) stalled.abort(late());
    else cancel = watch();
  });
  let cancel = watch();
  const inner = AbortSignal.any(signal ? [signal, stalled.signal] : [stalled.signal]);
  return abortable(work(() => { last = timers.now(); }, inner), inner).finally(() => cancel());
}

const offline = (): boolean => typeof navigator !== 'undefined' && navigator.onLine === false;
