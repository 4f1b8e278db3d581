import type { Timers } from '../base/timers.ts';
import { toHex } from '../base/bytes.ts';
import { encodeFrame, FrameReader, PROTOCOL, type Frame } from './frame.ts';
import { MachineError } from './error.ts';
import { ScriptRun } from './script-run.ts';
import type { RunOptions, RunResult } from './guest.ts';

export interface Wake {
  /** Milliseconds since 1970; absent: the clock is left alone. */
  readonly epoch?: number;
  readonly size?: { readonly columns: number; readonly rows: number };
  /** 32 bytes for the random pool. */
  readonly random?: Uint8Array;
}

export interface ControlEvents {
  /** The agent has started; the boot id tells a reboot from a restarted agent. */
  born(bootId: string): void;
  /** The agent was told to end. */
  leaving(): void;
}

const AGAIN = 1_000; // between two greetings
const SILENT = 20_000; // the agent acknowledges a script at once; even a fork bomb does not starve it for so long
const KILLED = 10_000; // for a killed script to be gone

type Answer = PromiseWithResolvers<RunResult>;
type Waiter = { take(frame: Frame): boolean; reject(error: Error): void };

/** The host's end of the control line: greets the agent, wakes the guest, runs one script at a time. */
export class Control {
  /** Why the guest stands still: for the reader, or for a page of its memory that has not come. Meanwhile deadlines do not expire. */
  readonly standsFor = new Set<'reader' | 'page'>();
  readonly #reader = new FrameReader();
  readonly #send: (bytes: Uint8Array) => void;
  readonly #timers: Timers;
  readonly #events: ControlEvents;
  readonly #waiters = new Set<Waiter>();
  readonly #answers = new Set<Answer>();
  #run: ScriptRun | undefined;
  #runs = 0;
  #tail: Promise<void> = Promise.resolve();

  constructor(send: (bytes: Uint8Array) => void, timers: Timers, events: ControlEvents) {
    this.#send = send;
    this.#timers = timers;
    this.#events = events;
  }

  receive(bytes: Uint8Array): void {
    for (const frame of this.#reader.push(bytes)) {
      if (frame.type === 'b') this.#events.born(ascii(frame.payload));
      else if (frame.type === 'g') this.#events.leaving();
      else if (frame.type === 'h' || frame.type === 'w') [...this.#waiters].find((waiter) => waiter.take(frame));
      else this.#run?.take(frame);
    }
  }

  /** Rejects all that is pending. What the agent was doing is forgotten by the next `hello`. */
  drop(error: Error): void {
    for (const waiter of [...this.#waiters]) waiter.reject(error);
    for (const answer of [...this.#answers]) answer.reject(error);
    this.#answers.clear();
    this.#run?.fail(error);
  }

  /** Greets until the agent answers this greeting; gives its boot id. Rejects `agent-silent` after `patience` ms. */
  async hello(patience: number): Promise<string> {
    const nonce = crypto.getRandomValues(new Uint8Array(8));
    const payload = new Uint8Array(10);
    payload.set(nonce);
    payload[8] = PROTOCOL;
    const greeting = encodeFrame('H', 0, payload);
    const answer = await this.#ask(greeting, patience, (frame) => frame.type === 'h' && toHex(frame.payload.subarray(0, 8)) === toHex(nonce));
    if (answer[8] !== PROTOCOL)
      throw new MachineError('snapshot-version', `The machine's agent speaks version ${answer[8]} of the control protocol, this page version ${PROTOCOL}.`, 'Reload the page; if you built it yourself, build image and snapshot again.');
    return ascii(answer.subarray(10));
  }

  /** Sets clock, terminal size and randomness, natively in the agent. */
  async wake({ epoch = 0, size = { columns: 0, rows: 0 }, random = new Uint8Array() }: Wake): Promise<void> {
    const payload = new Uint8Array(12 + random.length);
    const view = new DataView(payload.buffer);
    view.setBigUint64(0, BigInt(Math.round(epoch)), true);
    view.setUint16(8, size.columns, true);
    view.setUint16(10, size.rows, true);
    payload.set(random, 12);
    const failed = ascii(await this.#ask(encodeFrame('W', 0, payload), SILENT, (frame) => frame.type === 'w', false));
    if (failed) throw new MachineError('refused', `The machine could not set ${failed}.`, 'Restart the machine.');
  }

  /** Rejects `agent-silent` when the agent does not answer within `patience` ms; disturbs nothing. */
  async ping(patience: number): Promise<void> {
    await this.#ask(encodeFrame('W', 0, new Uint8Array(12)), patience, (frame) => frame.type === 'w', false);
  }

  run(script: string, options: RunOptions = {}): Promise<RunResult> {
    const answer: Answer = Promise.withResolvers();
    this.#answers.add(answer);
    options.signal?.addEventListener('abort', () => answer.reject(options.signal?.reason), { once: true });
    if (options.signal?.aborted) answer.reject(options.signal.reason);
    this.#tail = this.#tail.then(() => this.#serve(script, options, answer));
    return answer.promise.finally(() => this.#answers.delete(answer));
  }

  /** Resolves when the agent is free again, which may be later than the answer. */
  async #serve(script: string, { signal, timeout = 30_000, stdin }: RunOptions, answer: Answer): Promise<void> {
    if (!this.#answers.has(answer) || signal?.aborted) return;
    const run = new ScriptRun((this.#runs = (this.#runs % 0xffff) + 1), script, stdin, timeout, this.#send);
    this.#run = run;
    const cancels: (() => void)[] = [];
    const kill = (reason: Error): void => {
      answer.reject(reason);
      run.kill();
      cancels.push(this.#after(KILLED, () => run.fail(silent())));
    };
    const stop = (): void => kill(signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
    cancels.push(this.#after(timeout, () => kill(new MachineError('timeout', `What the machine was asked to do had not ended after ${timeout / 1000} s, and was stopped.`, 'Try again; if the machine is very busy, restart it.'))));
    cancels.push(this.#after(SILENT, () => { if (!run.heard) run.fail(silent()); }));
    await run.ended.then(answer.resolve, answer.reject);
    signal?.removeEventListener('abort', stop);
    for (const cancel of cancels) cancel();
    this.#run = undefined;
  }

  #ask(bytes: Uint8Array, patience: number, fits: (frame: Frame) => boolean, repeat = true): Promise<Uint8Array> {
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    const waiter: Waiter = {
      take: (frame) => {
        if (!fits(frame)) return false;
        this.#waiters.delete(waiter); // at once: the next answer is another's
        resolve(frame.payload);
        return true;
      },
      reject,
    };
    this.#waiters.add(waiter);
    let cancelAgain = (): void => undefined;
    const ask = (): void => {
      this.#send(bytes);
      if (repeat) cancelAgain = this.#after(AGAIN, ask);
    };
    const cancelPatience = this.#after(patience, () => reject(silent()));
    ask();
    return promise.finally(() => {
      this.#waiters.delete(waiter);
      cancelAgain();
      cancelPatience();
    });
  }

  #after(ms: number, act: () => void): () => void {
    const fire = (): void => {
      if (this.standsFor.size > 0) cancel = this.#timers.after(ms, fire);
      else act();
    };
    let cancel = this.#timers.after(ms, fire);
    return () => cancel();
  }
}

const ascii = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const silent = (): MachineError =>
  new MachineError('agent-silent', "The machine's control agent does not answer.", 'Restart the machine; your progress on the page is kept.');
