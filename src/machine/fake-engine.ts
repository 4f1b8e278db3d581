import type { Engine, EngineEvent, Line } from './engine.ts';
import { FakeAgent, type FakeScripts, type FakeWorld } from './fake-agent.ts';
import { FAKE_LAYOUT, fakeCpu } from './fake-memory.ts';
import type { Inspection } from './inspection.ts';
import { look } from './look.ts';
import type { StartFrom } from './machine.ts';

export interface FakeParts {
  readonly scripts: FakeScripts;
  /** What the console prints when the reader has typed a line; a prompt follows by itself. */
  readonly lines: (line: string, world: FakeWorld) => string;
}

const PROMPT = 'root@node-1:~# ';

/** An engine without a processor: a scripted guest behind the real protocol. Hands everything on in a later task, as a Worker does. */
export class FakeEngine implements Engine {
  readonly #parts: FakeParts;
  readonly #tell: (event: EngineEvent) => void;
  readonly #world: FakeWorld = { files: new Map(), bootId: crypto.randomUUID(), size: { columns: 80, rows: 24 }, clock: 0, running: { pid: 0, name: 'swapper' } };
  readonly #agent: FakeAgent;
  #line = '';
  #running = false;
  #alive = true;
  #held: (() => void)[] = [];
  #steps = 0;
  #watched: false | number = false; // since which step
  #worked = 0;

  constructor(parts: FakeParts, tell: (event: EngineEvent) => void) {
    this.#parts = parts;
    this.#tell = tell;
    this.#agent = new FakeAgent(this.#world, (script, stdin, world) => files(script, stdin, world) ?? parts.scripts(script, stdin, world), (bytes) => this.#output(1, bytes));
  }

  async start(from: StartFrom): Promise<void> {
    for (const done of [0, 50, 100]) this.#tell({ kind: 'progress', done, total: 100 });
    this.#world.files.clear();
    this.resume();
    if (from === 'cold') this.#boot();
  }

  send(line: Line, bytes: Uint8Array): void {
    this.#soon(() => {
      if (line === 1) this.#agent.receive(bytes);
      else for (const key of new TextDecoder().decode(bytes)) this.#press(key);
    });
  }

  pause(): void {
    this.#running = false;
  }

  resume(): void {
    this.#running = true;
    for (const act of this.#held.splice(0)) this.#soon(act);
  }

  async save(): Promise<Uint8Array<ArrayBuffer>> {
    const { files: saved, ...rest } = this.#world;
    return new TextEncoder().encode(JSON.stringify({ ...rest, alive: this.#alive, files: [...saved].map(([path, bytes]) => [path, [...bytes]]) }));
  }

  async restore(state: Uint8Array<ArrayBuffer>): Promise<void> {
    const saved = JSON.parse(new TextDecoder().decode(state)) as Omit<FakeWorld, 'files'> & { alive: boolean; files: [string, number[]][] };
    const { alive, ...world } = saved;
    this.#held = [];
    Object.assign(this.#world, { ...world, files: new Map(saved.files.map(([path, bytes]) => [path, Uint8Array.from(bytes)])) });
    this.#alive = alive;
    this.resume();
    if (!alive) this.#boot();
  }

  async reset(): Promise<void> {
    this.resume();
    this.#boot();
  }

  async complete(): Promise<void> {}

  async instructions(): Promise<number> {
    return this.#steps;
  }

  watch(on: boolean): void {
    if (this.#watched !== false) this.#worked = this.#work;
    this.#watched = on && this.#steps;
  }

  /** A step takes a millisecond, in ring 3, and an interrupt of the serial port. */
  async inspect(address?: number): Promise<Inspection> {
    return {
      at: performance.now(), instructions: this.#steps, chunks: { fetched: 0, cached: 0, bytes: 0 },
      counts: { rings: [0, 0, 0, this.#work], interrupts: Array.from({ length: 16 }, (_, line) => (line === 4 ? this.#work : 0)) },
      ...look(fakeCpu(this.#world.running), FAKE_LAYOUT, address),
    };
  }

  async dispose(): Promise<void> {
    this.#running = false;
    this.#held = [];
  }

  /** For tests: what an engine may report of itself. */
  report(event: EngineEvent): void {
    this.#tell(event);
  }

  /** Prints nothing before the call that brought it about has returned, as a processor does. */
  #boot(): void {
    this.#world.bootId = crypto.randomUUID();
    this.#alive = false;
    setTimeout(() => {
      this.#print(`Debian GNU/Linux 13 node-1 ttyS0\r\n\r\n${PROMPT}`);
      this.#soon(() => {
        this.#alive = true;
        this.#agent.born();
      });
    }, 0);
  }

  get #work(): number {
    return this.#worked + (this.#watched === false ? 0 : this.#steps - this.#watched);
  }

  #press(key: string): void {
    if (key !== '\r' && key !== '\n') {
      this.#line += key;
      return this.#print(key);
    }
    const line = this.#line;
    this.#line = '';
    const printed = this.#parts.lines(line, this.#world).replaceAll('\n', '\r\n');
    this.#print(`\r\n${printed}${printed && !printed.endsWith('\n') ? '\r\n' : ''}${PROMPT}`);
  }

  #print(text: string): void {
    this.#output(0, new TextEncoder().encode(text));
  }

  #output(line: Line, bytes: Uint8Array<ArrayBuffer>): void {
    this.#soon(() => this.#tell({ kind: 'output', line, bytes }));
  }

  #soon(act: () => void): void {
    this.#steps++;
    queueMicrotask(() => {
      if (this.#running) act();
      else this.#held.push(act);
    });
  }
}

/** The scripts by which pc-guest.ts writes and reads files. */
function files(script: string, stdin: Uint8Array, { files: all }: FakeWorld): ReturnType<FakeScripts> | undefined {
  const put = /cat > ('.*') && chmod/.exec(script)?.[1];
  const get = /^cat -- ('.*')$/.exec(script)?.[1];
  const path = (put ?? get)?.slice(1, -1).replaceAll("'\\''", "'");
  if (path === undefined) return undefined;
  if (path.startsWith('/proc/')) return { code: 1, stderr: `sh: cannot create ${path}: Directory nonexistent\n` };
  if (put) {
    all.set(path, stdin);
    return {};
  }
  const bytes = all.get(path);
  return bytes ? { stdout: bytes } : { code: 1, stderr: `cat: ${path}: No such file or directory\n` };
}
