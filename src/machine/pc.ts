import { abortable } from '../base/timers.ts';
import { Store, until, type Readable } from '../base/store.ts';
import { Console } from './console.ts';
import { Control, type Wake } from './control.ts';
import type { Engine, EngineEvent } from './engine.ts';
import { asMachineError, DELIVERY, MachineError, notThere, panicked, poweredOff } from './error.ts';
import type { RunOptions, RunResult } from './guest.ts';
import type { Inspection } from './inspection.ts';
import type { Machine, MachineState, StartFrom } from './machine.ts';
import { PanicWatch } from './panic-watch.ts';
import { PcGuest } from './pc-guest.ts';
import type { PcParts } from './pc-parts.ts';
import { packSaved, unpackSaved } from './saved.ts';

const GREETING = 30_000; // for the agent of a restored machine
const PING = 3_000; // for an agent after the words of a panic

/** The machine over any engine: states, control protocol, errors. */
export class Pc implements Machine {
  readonly console = new Console((bytes) => this.#type(bytes));
  readonly guest = new PcGuest({ run: (script, options) => this.#run(script, options), wake: (wake) => this.#wake(wake) });
  readonly #state = new Store<MachineState>({ kind: 'off' });
  readonly state: Readable<MachineState> = this.#state;
  readonly waits = new Store(false);
  readonly #parts: PcParts;
  readonly #control: Control;
  readonly #panics = new PanicWatch(() => this.#control.ping(PING), () => {
    this.#alive = false;
    this.#fail(panicked());
  });
  #engine: Engine | undefined;
  /** Ends with the machine's present life: a start, restore, reset, failure or dispose begins another. */
  #life = new AbortController();
  #size: Wake['size'];
  #bootId = '';
  /** Whether the processor has run in the present engine. */
  #started = false;
  /** Whether the agent has been born in the present boot: it says so once, and a state saved before will say it again. */
  #alive = false;
  #early: Uint8Array[] = [];

  constructor(parts: PcParts) {
    this.#parts = parts;
    this.#control = new Control((bytes) => this.#engine?.send(1, bytes), parts.timers, {
      born: (bootId) => this.#born(bootId),
      leaving: () => this.#interrupted('is going down or its agent restarts'),
    });
  }

  begins(listener: () => void, signal?: AbortSignal): void {
    this.console.begins(listener, signal);
  }

  async start(from: StartFrom, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await this.#begin({ kind: 'loading', done: 0, total: 0 }, signal, async (engine, life) => {
      await engine.start(from);
      life.throwIfAborted();
      this.#started = true;
      this.console.clear();
      this.#alive = false;
      if (from === 'snapshot') this.#wakeUp([this.#parts.screen]);
      else this.#state.set({ kind: 'booting' });
      for (const bytes of this.#early.splice(0)) engine.send(0, bytes);
    });
  }

  async restore(saved: Uint8Array): Promise<void> {
    const { boots, awake, state } = unpackSaved(saved, this.#parts.key);
    await this.#begin({ kind: 'loading', done: 0, total: 0 }, undefined, async (engine, life) => {
      await engine.restore(state);
      life.throwIfAborted();
      this.#started = true;
      this.#alive = awake;
      if (awake) return this.#wakeUp(boots);
      this.#state.set({ kind: 'booting' });
      this.console.clear(boots);
    }, awake ? 'ready' : 'booting');
  }

  async reset(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await this.#begin({ kind: 'booting' }, signal, async (engine, life) => {
      await engine.reset();
      life.throwIfAborted();
      this.#bootBegins();
    });
  }

  async save(): Promise<Uint8Array> {
    const state = this.#state.get();
    const engine = state.kind === 'booting' || (state.kind === 'failed' && state.error.kind === 'panic') ? this.#engine : undefined;
    const saved = await (engine ?? this.#ready()).save();
    return packSaved({ key: this.#parts.key, boots: this.console.boots(), awake: this.#alive, state: saved });
  }

  pause(): void {
    this.#control.standsFor.add('reader');
    this.#engine?.pause();
  }

  resume(): void {
    this.#control.standsFor.delete('reader');
    const state = this.#state.get();
    const stuck = state.kind === 'failed' && this.#started && DELIVERY.has(state.error.kind);
    if (stuck) this.#life = new AbortController();
    this.#engine?.resume();
    if (stuck) this.#wakeUp();
  }

  async instructions(): Promise<number> {
    return (await this.#engine?.instructions()) ?? 0;
  }

  watch(on: boolean): void {
    this.#engine?.watch(on);
  }

  async inspect(address?: number): Promise<Inspection> {
    if (!this.#engine) throw notThere('switched off');
    return this.#engine.inspect(address);
  }

  async dispose(): Promise<void> {
    const engine = this.#engine;
    this.#engine = undefined;
    this.#started = false;
    this.#end(new MachineError('disposed', 'The machine was switched off.', 'Start it again.'));
    this.#state.set({ kind: 'off' });
    await engine?.dispose();
  }

  /** Begins a life: does `work`, then waits until the machine is so far, has failed, or is no longer wanted. */
  async #begin(
    state: MachineState, signal: AbortSignal | undefined, work: (engine: Engine, life: AbortSignal) => Promise<void>, far: 'ready' | 'booting' = 'ready',
  ): Promise<void> {
    this.#end(new MachineError('interrupted', 'The machine was started anew.', 'Try again when the prompt is back.'));
    const life = (this.#life = new AbortController());
    this.#control.standsFor.clear();
    this.#engine ??= this.#parts.open((event) => this.#hear(event));
    this.#state.set(state);
    try {
      await abortable(abortable(work(this.#engine, life.signal), life.signal), signal);
      await until(this.#state, (now) => now.kind === 'ready' || now.kind === far, AbortSignal.any(signal ? [life.signal, signal] : [life.signal]));
    } catch (error) {
      if (signal?.aborted) await this.dispose();
      else if (this.#life === life && !life.signal.aborted) this.#fail(asMachineError(error));
      throw signal?.aborted ? signal.reason : asMachineError(error);
    }
  }

  #end(reason: MachineError): void {
    this.#life.abort(reason);
    this.#control.drop(reason);
    this.waits.set(false);
  }

  #fail(error: MachineError): void {
    this.#state.set({ kind: 'failed', error });
    this.#end(error);
  }

  #hear(event: EngineEvent): void {
    if (event.kind === 'output' && event.line === 1) this.#control.receive(event.bytes);
    else if (event.kind === 'output') {
      this.console.receive(event.bytes);
      this.#panics.hear(event.bytes, this.#life.signal);
    } else if (event.kind === 'progress') {
      if (this.#state.get().kind === 'loading') this.#state.set({ kind: 'loading', done: event.done, total: event.total });
    } else if (event.kind === 'waits') this.#wait(event.waits);
    else if (event.kind === 'rebooted') {
      this.#bootBegins();
      this.#interrupted('restarts');
    }
    else if (event.kind === 'halted') this.#fail(poweredOff());
    else this.#fail(event.error);
  }

  /** Its clock stood as well, and is set when it goes on: also where it was just being set. */
  #wait(waits: boolean): void {
    this.#control.standsFor[waits ? 'add' : 'delete']('page');
    this.waits.set(waits);
    if (!waits) this.#control.wake({ epoch: Date.now() }).catch(() => undefined);
  }

  /** The guest does something of its own that ends what we asked of it; it may come back. */
  #interrupted(what: string): void {
    const { kind } = this.#state.get();
    this.#control.drop(new MachineError('interrupted', `The machine ${what}.`, 'Wait until it is ready again and try once more.'));
    if (kind === 'failed') this.#life = new AbortController();
    if (kind === 'ready' || kind === 'failed') this.#state.set({ kind: 'booting' });
  }

  #bootBegins(): void {
    this.#alive = false;
    this.console.bootBegins();
  }

  #born(bootId: string): void {
    if (this.#state.get().kind === 'ready') this.#interrupted(bootId === this.#bootId ? 'lost its agent for a moment' : 'has restarted');
    this.#wakeUp();
  }

  /** Greets the agent and gives the guest time, size and randomness; then the machine is ready. */
  #wakeUp(boots?: readonly string[]): void {
    const life = this.#life;
    this.#alive = true;
    this.#state.set({ kind: 'booting' });
    if (boots) this.console.clear(boots);
    const done = async (): Promise<void> => {
      this.#bootId = await this.#control.hello(GREETING);
      const random = crypto.getRandomValues(new Uint8Array(32));
      await this.#control.wake({ epoch: Date.now(), random, ...(this.#size && { size: this.#size }) });
      if (this.#life !== life || life.signal.aborted) return;
      this.#state.set({ kind: 'ready' });
      // What the snapshot has left out. If it cannot be had, the engine says so when the guest needs it.
      this.#engine?.complete().catch(() => undefined);
    };
    done().catch((error: unknown) => {
      const given = asMachineError(error);
      if (this.#life === life && !life.signal.aborted && given.kind !== 'interrupted') this.#fail(given);
    });
  }

  #type(bytes: Uint8Array): void {
    const { kind } = this.#state.get();
    if (kind === 'loading' || kind === 'off') this.#early.push(bytes);
    else this.#engine?.send(0, bytes);
  }

  async #run(script: string, options?: RunOptions): Promise<RunResult> {
    this.#ready();
    return this.#control.run(script, options);
  }

  async #wake(wake: Wake): Promise<void> {
    if (wake.size) this.#size = wake.size;
    const { kind } = this.#state.get();
    if (wake.size && kind !== 'ready') return; // told when it is
    this.#ready();
    await this.#control.wake(wake);
  }

  #ready(): Engine {
    const state = this.#state.get();
    if (state.kind === 'failed') throw state.error;
    if (state.kind === 'ready' && this.#engine) return this.#engine;
    throw notThere(state.kind === 'off' ? 'switched off' : 'still starting');
  }
}
