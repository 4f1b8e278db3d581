import { once } from '../base/once.ts';
import { Disk } from './disk.ts';
import { Emulator } from './emulator.ts';
import type { Engine, EngineEvent, Line } from './engine.ts';
import { MachineError, notThere } from './error.ts';
import type { Inspection } from './inspection.ts';
import { LateArrival } from './late-arrival.ts';
import type { StartFrom } from './machine.ts';
import { Output } from './output.ts';
import type { Supplies } from './supplies.ts';

/** Typed bytes that the guest gets at once; the next follow when it has taken them. */
const TYPED = 64;

interface PcParts {
  readonly emulator: Emulator;
  readonly disk: Disk;
}

/** v86 in this thread: in Node, and inside the Worker. */
export class LocalEngine implements Engine {
  readonly #supplies: Supplies;
  readonly #tell: (event: EngineEvent) => void;
  readonly #total: number;
  readonly #build = once(() => this.#assemble());
  #emulator: Emulator | undefined;
  #disk: Disk | undefined;
  readonly #snapshot = once(() => this.#supplies.snapshot());
  readonly #late: LateArrival;
  readonly #output: readonly [Output, Output];
  #typed: number[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  #turns = 0;
  #running = false;
  #disposed = false;

  /** `total`: bytes to fetch before the machine runs, for the progress. `touched`: see LateLink. */
  constructor(supplies: Supplies, total: number, tell: (event: EngineEvent) => void, touched?: (page: number) => void) {
    this.#supplies = supplies;
    this.#total = total;
    this.#tell = tell;
    this.#late = new LateArrival({
      fetch: () => supplies.late(),
      standing: (work) => this.#stopped(async ({ emulator }) => work(emulator)),
      waits: (waits) => tell({ kind: 'waits', waits }),
      broke: (error) => this.#break(error),
      touched,
    });
    this.#output = [new Output((bytes) => tell({ kind: 'output', line: 0, bytes })), new Output((bytes) => tell({ kind: 'output', line: 1, bytes }))];
    supplies.watch((done) => this.#tell({ kind: 'progress', done, total: Math.max(done, this.#total) }));
  }

  async start(from: StartFrom): Promise<void> {
    if (from === 'cold') return this.#reset((disk) => disk.clear());
    const [state] = await Promise.all([this.#snapshot(), this.#build(), this.#late.ready()]);
    return this.#restore(state, true);
  }

  send(line: Line, bytes: Uint8Array): void {
    if (line === 1) this.#emulator?.send(1, bytes);
    else for (const byte of bytes) this.#typed.push(byte);
    this.#feed();
  }

  pause(): void {
    this.#running = false;
    void this.#emulator?.stop();
  }

  resume(): void {
    if (!this.#emulator) return;
    this.#disk?.retry();
    this.#running = true;
    this.#go();
  }

  /** Stands still for the moment, until no read of the disk is under way: v86 forgets those in a state. */
  save(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#stopped(async ({ emulator, disk }) => {
      await this.#late.fill(emulator);
      await disk.settled();
      return emulator.save();
    });
  }

  restore(state: Uint8Array<ArrayBuffer>): Promise<void> {
    return this.#restore(state, false);
  }

  complete(): Promise<void> {
    return this.#late.complete();
  }

  reset(): Promise<void> {
    return this.#reset(() => undefined);
  }

  async instructions(): Promise<number> {
    return this.#emulator?.instructions() ?? 0;
  }

  watch(on: boolean): void {
    this.#emulator?.watch(on);
  }

  async inspect(address?: number): Promise<Inspection> {
    if (!this.#emulator) throw notThere('still starting');
    if (address !== undefined) await this.complete(); // its page tables have entries of ours until then
    return { ...this.#emulator.inspect(this.#supplies.layout, address), chunks: this.#supplies.chunks.delivered };
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#running = false;
    const emulator = this.#emulator;
    this.#emulator = undefined;
    await emulator?.destroy();
  }

  #restore(state: Uint8Array<ArrayBuffer>, lacks: boolean): Promise<void> {
    return this.#stopped(async ({ emulator, disk }) => {
      this.#running = false; // unless it is restored
      disk.clear();
      this.#typed = [];
      try {
        await emulator.restore(state);
      } catch (cause) {
        throw new MachineError('snapshot-damaged', "The emulator cannot read the machine's saved state.", 'Start the machine afresh.', { cause });
      }
      for (const output of this.#output) output.clear();
      this.#late.begin(emulator, lacks);
      this.#running = true;
    });
  }

  #reset(prepare: (disk: Disk) => void): Promise<void> {
    return this.#stopped(async ({ emulator, disk }) => {
      prepare(disk);
      this.#typed = [];
      this.#late.begin(emulator, false);
      this.#flush();
      emulator.reset();
      this.#running = true;
    });
  }

  /** One after another: each finds the processor standing still between two instructions. */
  #stopped<T>(work: (pc: PcParts) => Promise<T>): Promise<T> {
    this.#turns++;
    const turn = this.#turn.then(async () => {
      const pc = await this.#build();
      await pc.emulator.stop();
      return work(pc);
    }).finally(() => {
      this.#turns--;
      this.#go();
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Runs where it is to run and nothing is in the way. v86 forgets that it is to stop when it is told to run before it has stopped. */
  #go(): void {
    if (this.#running && !this.#late.waits && this.#turns === 0 && !this.#disposed) this.#emulator?.run();
  }

  async #assemble(): Promise<PcParts> {
    const [wasm, bios, vgabios, index] = await Promise.all([this.#supplies.wasm(), this.#supplies.bios(), this.#supplies.vgabios(), this.#supplies.index()]);
    const early = Promise.withResolvers<never>(); // v86 reads the first sector before it is there, and waits for ever
    const disk = new Disk(index, this.#supplies.chunks, (error) => {
      early.reject(error);
      this.#break(error);
    });
    const building = Emulator.build({ wasm, bios, vgabios, disk }, {
      byte: (line, byte) => this.#output[line].push(byte),
      missing: (page) => (this.#emulator ? this.#late.missing(this.#emulator, page) : true),
      rebooted: () => {
        if (this.#emulator) this.#late.begin(this.#emulator, false);
        this.#flush();
        this.#tell({ kind: 'rebooted' });
      },
      halted: () => {
        this.#flush();
        this.#tell({ kind: 'halted' });
      },
      slice: () => {
        this.#flush();
        this.#feed();
      },
      broke: (error) => this.#break(error),
    });
    const emulator = await Promise.race([building, early.promise]);
    if (this.#disposed) await emulator.destroy();
    else [this.#emulator, this.#disk] = [emulator, disk];
    return { emulator, disk };
  }

  #flush(): void {
    for (const output of this.#output) output.flush();
  }

  #feed(): void {
    if (this.#typed.length && this.#emulator?.backlog(0) === 0) this.#emulator.send(0, Uint8Array.from(this.#typed.splice(0, TYPED)));
  }

  #break(error: unknown): void {
    if (this.#disposed) return;
    this.pause();
    this.#flush();
    this.#tell({
      kind: 'failed',
      error: error instanceof MachineError ? error : new MachineError('emulator', `The emulator failed: ${String(error)}.`, 'Restart the machine; if it happens again, reload the page.', { cause: error }),
    });
  }
}
