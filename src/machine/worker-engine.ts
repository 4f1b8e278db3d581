import type { Engine, EngineEvent, Line } from './engine.ts';
import { MachineError } from './error.ts';
import type { Inspection } from './inspection.ts';
import type { StartFrom } from './machine.ts';
import { revive, type Delivery, type EngineMethod, type FromWorker, type ToWorker } from './wire.ts';

/** An engine in a Worker of its own, so that the page never stands still and all memory goes with it. */
export class WorkerEngine implements Engine {
  readonly #worker: Worker;
  readonly #calls = new Map<number, PromiseWithResolvers<unknown>>();
  #last = 0;
  #spoke = false;

  constructor(worker: Worker, delivery: Delivery, tell: (event: EngineEvent) => void) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      this.#spoke = true;
      if ('event' in data) tell(data.event);
      else if ('failed' in data) this.#fail(revive(data.failed), tell);
      else if ('error' in data) this.#take(data.id)?.reject(revive(data.error));
      else this.#take(data.id)?.resolve(data.result);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(this.#spoke
        ? new MachineError('emulator', `The emulator failed: ${event.message}.`, 'Restart the machine; if it happens again, reload the page.')
        : noWorker(), tell);
    };
    this.#post({ open: delivery });
  }

  start(from: StartFrom): Promise<void> {
    return this.#call<void>('start', from);
  }

  send(line: Line, bytes: Uint8Array): void {
    this.#tell('send', line, bytes);
  }

  pause(): void {
    this.#tell('pause');
  }

  resume(): void {
    this.#tell('resume');
  }

  save(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#call<Uint8Array<ArrayBuffer>>('save');
  }

  restore(state: Uint8Array<ArrayBuffer>): Promise<void> {
    return this.#call<void>('restore', state);
  }

  reset(): Promise<void> {
    return this.#call<void>('reset');
  }

  complete(): Promise<void> {
    return this.#call<void>('complete');
  }

  instructions(): Promise<number> {
    return this.#call<number>('instructions');
  }

  watch(on: boolean): void {
    this.#tell('watch', on);
  }

  inspect(address?: number): Promise<Inspection> {
    return this.#call<Inspection>('inspect', address);
  }

  async dispose(): Promise<void> {
    this.#worker.terminate();
    this.#reject(new MachineError('disposed', 'The machine was switched off.', 'Start it again.'));
  }

  async #call<T>(method: EngineMethod, ...args: unknown[]): Promise<T> {
    const call = Promise.withResolvers<unknown>();
    const id = ++this.#last;
    this.#calls.set(id, call);
    this.#post({ id, method, args });
    return (await call.promise) as T;
  }

  #tell(method: EngineMethod, ...args: unknown[]): void {
    this.#post({ id: 0, method, args });
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #take(id: number): PromiseWithResolvers<unknown> | undefined {
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    return call;
  }

  #fail(error: MachineError, tell: (event: EngineEvent) => void): void {
    tell({ kind: 'failed', error });
    this.#reject(error);
  }

  #reject(error: MachineError): void {
    for (const call of this.#calls.values()) call.reject(error);
    this.#calls.clear();
  }
}

export const noWorker = (): MachineError =>
  new MachineError('no-worker', 'This browser does not let the page start a Web Worker, in which the machine would run.', 'Use a current browser, and allow scripts and workers for this site.');
