import { concat } from '../base/bytes.ts';
import { encodeFrame, PIECE, type Frame } from './frame.ts';
import { MachineError } from './error.ts';
import type { RunResult } from './guest.ts';

/** Bytes on their way that the agent has not acknowledged: less than a serial line's buffer in the guest, 4096. */
const WINDOW = 3 * PIECE;

/**
 * Milliseconds after which the agent ends a script on its own, should our KILL be lost; 0 for never, which is what a
 * limit becomes that does not fit the frame's 32 bits: cut to them it would end a patient caller's script early.
 */
function agentLimit(timeout: number): number {
  const limit = 2 * timeout + 60_000;
  return limit < 2 ** 32 ? limit : 0;
}

/** One script on its way through the agent: pieces out as the agent has room, output in, until it ends. */
export class ScriptRun {
  readonly ended: Promise<RunResult>;
  /** Whether the agent has said anything about it yet. */
  heard = false;
  readonly #id: number;
  readonly #send: (bytes: Uint8Array) => void;
  readonly #settle: PromiseWithResolvers<RunResult>;
  readonly #pieces: { type: string; payload: Uint8Array; counted: number }[] = [];
  readonly #stdout: Uint8Array[] = [];
  readonly #stderr: Uint8Array[] = [];
  #room = WINDOW;

  /** `timeout`: milliseconds after which the caller will kill it. */
  constructor(id: number, script: string, stdin: Uint8Array | undefined, timeout: number, send: (bytes: Uint8Array) => void) {
    this.#id = id;
    this.#send = send;
    this.#settle = Promise.withResolvers();
    this.ended = this.#settle.promise;
    const text = new TextEncoder().encode(script);
    const first = text.subarray(0, PIECE - 9);
    const head = new Uint8Array(9 + first.length);
    const view = new DataView(head.buffer);
    view.setUint32(0, agentLimit(timeout), true);
    view.setUint32(4, text.length, true);
    head[8] = stdin ? 1 : 0;
    head.set(first, 9);
    this.#pieces.push({ type: 'R', payload: head, counted: first.length });
    this.#cut('S', text.subarray(first.length));
    if (stdin) {
      this.#cut('I', stdin);
      this.#pieces.push({ type: 'I', payload: new Uint8Array(), counted: 0 });
    }
    this.#push();
  }

  take(frame: Frame): void {
    if (frame.id !== this.#id) return;
    this.heard = true;
    const view = new DataView(frame.payload.buffer, frame.payload.byteOffset, frame.payload.length);
    if (frame.type === 'o') this.#stdout.push(frame.payload);
    else if (frame.type === 'e') this.#stderr.push(frame.payload);
    else if (frame.type === 'a') {
      this.#room += view.getUint32(0, true);
      this.#push();
    } else if (frame.type === 'x') this.#finish(view.getUint16(0, true), view.getUint8(2));
    else if (frame.type === 'f')
      this.fail(new MachineError('refused', `The machine did not run the script: ${new TextDecoder().decode(frame.payload)}.`, 'Free what is short in the machine (processes, disk), or restart it.'));
  }

  kill(): void {
    this.#pieces.length = 0;
    this.#send(encodeFrame('K', this.#id));
  }

  fail(error: Error): void {
    this.#pieces.length = 0;
    this.#settle.reject(error);
  }

  #finish(code: number, endedBy: number): void {
    if (endedBy) return this.fail(new MachineError('timeout', 'The script in the machine was ended before it was done.', 'Try again; if the machine is very busy, restart it.'));
    const stdoutBytes = concat(this.#stdout);
    const stderrBytes = concat(this.#stderr);
    const text = new TextDecoder();
    this.#settle.resolve({ code, stdoutBytes, stderrBytes, stdout: text.decode(stdoutBytes), stderr: text.decode(stderrBytes) });
  }

  #cut(type: string, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += PIECE) {
      const payload = bytes.subarray(at, at + PIECE);
      this.#pieces.push({ type, payload, counted: payload.length });
    }
  }

  #push(): void {
    for (;;) {
      const piece = this.#pieces[0];
      if (!piece || piece.counted > this.#room) return;
      this.#pieces.shift();
      this.#room -= piece.counted;
      this.#send(encodeFrame(piece.type, this.#id, piece.payload));
    }
  }
}
