import type { FakeTask } from './fake-memory.ts';
import { encodeFrame, FrameReader, PROTOCOL, type Frame } from './frame.ts';

/** What a scripted guest does with a script. `never`: it runs until it is killed. */
export type FakeAnswer = 'never' | { readonly code?: number; readonly stdout?: string | Uint8Array; readonly stderr?: string | Uint8Array };

/** The inside of a fake machine, as its scripts see and change it. */
export interface FakeWorld {
  files: Map<string, Uint8Array>;
  bootId: string;
  size: { columns: number; rows: number };
  /** Milliseconds since 1970. */
  clock: number;
  /** Who has the processor. */
  running: FakeTask;
}

export type FakeScripts = (script: string, stdin: Uint8Array, world: FakeWorld) => FakeAnswer;

const LONGEST_SCRIPT = 100 * 1024;

interface Job { id: number; length: number; script: number[]; stdin: number[]; open: boolean }

/** The control agent's protocol (src/image/agent), over scripted answers instead of a shell. */
export class FakeAgent {
  readonly #reader = new FrameReader();
  readonly #send: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly #scripts: FakeScripts;
  readonly #world: FakeWorld;
  #job: Job | undefined;

  constructor(world: FakeWorld, scripts: FakeScripts, send: (bytes: Uint8Array<ArrayBuffer>) => void) {
    this.#world = world;
    this.#scripts = scripts;
    this.#send = send;
  }

  born(): void {
    this.#job = undefined;
    this.#send(encodeFrame('b', 0, utf8(this.#world.bootId)));
  }

  receive(bytes: Uint8Array): void {
    for (const frame of this.#reader.push(bytes)) this.#take(frame);
  }

  #take({ type, id, payload }: Frame): void {
    const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
    const job = this.#job;
    if (type === 'H') {
      this.#job = undefined;
      this.#send(encodeFrame('h', 0, Uint8Array.of(...payload.subarray(0, 8), PROTOCOL, 0, ...utf8(this.#world.bootId))));
    } else if (type === 'W') {
      this.#world.clock = Number(view.getBigUint64(0, true)) || this.#world.clock;
      if (view.getUint16(8, true)) this.#world.size = { columns: view.getUint16(8, true), rows: view.getUint16(10, true) };
      this.#send(encodeFrame('w'));
    } else if (type === 'R') {
      const length = view.getUint32(4, true);
      if (length > LONGEST_SCRIPT) return this.#send(encodeFrame('f', id, utf8(`a script may have at most ${LONGEST_SCRIPT} bytes`)));
      this.#job = { id, length, script: [], stdin: [], open: view.getUint8(8) === 1 };
      this.#script(this.#job, payload.subarray(9));
    } else if (type === 'S' && job?.id === id) this.#script(job, payload);
    else if (type === 'I' && job?.id === id) {
      job.stdin.push(...payload);
      this.#acknowledge(id, payload.length);
      if (payload.length === 0) job.open = false;
      this.#run(job);
    } else if (type === 'K' && job?.id === id) this.#exit(id, 137, 1);
  }

  #script(job: Job, piece: Uint8Array): void {
    job.script.push(...piece);
    this.#acknowledge(job.id, piece.length);
    this.#run(job);
  }

  #run({ id, length, script, stdin, open }: Job): void {
    if (script.length < length || open) return;
    const answer = this.#scripts(new TextDecoder().decode(Uint8Array.from(script)), Uint8Array.from(stdin), this.#world);
    if (answer === 'never') return;
    this.#stream('o', id, answer.stdout);
    this.#stream('e', id, answer.stderr);
    this.#exit(id, answer.code ?? 0, 0);
  }

  #stream(type: string, id: number, output: string | Uint8Array = ''): void {
    const bytes = typeof output === 'string' ? utf8(output) : output;
    for (let at = 0; at < bytes.length; at += 4096) this.#send(encodeFrame(type, id, bytes.subarray(at, at + 4096)));
  }

  #exit(id: number, code: number, endedBy: number): void {
    this.#job = undefined;
    this.#send(encodeFrame('x', id, Uint8Array.of(code & 255, code >> 8, endedBy)));
  }

  #acknowledge(id: number, count: number): void {
    const payload = new Uint8Array(4);
    new DataView(payload.buffer).setUint32(0, count, true);
    this.#send(encodeFrame('a', id, payload));
  }
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
