import { once } from '../base/once.ts';
import { Disk } from './disk.ts';
import { Emulator } from './emulator.ts';
import type { Engine, EngineEvent, Line } from './engine.ts';
import { MachineError, notThere } from './error.ts';
import type { Inspection } from './inspection.ts';
import type { LatePart } from './late-pages.ts';
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
  readonly #late = once(async () => (this.#part = await this.#supplies.late()));
  #part: LatePart | undefined;
  /** Whether the machine lacks pages that its snapshot has left out, and whether it waits for one. */
  #lacks = false;
  #waits = false;
  readonly #touched: ((page: number) => void) | undefined;
  readonly #output: readonly [Output, Output];
  #typed: number[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  #running = false;
  #disposed = false;

  /**
   * `total`: bytes to fetch before the machine runs, for the progress. With `touched` what the snapshot has left out is put back page by page as the guest
   * asks for it, and `touched` is told: so the build finds out what a start needs.
   */
  constructor(supplies: Supplies, total: number, tell: (event: EngineEvent) => void, touched?: (page: number) => void) {
    this.#touched = touched;
    this.#supplies = supplies;
    this.#total = total;
    this.#tell = tell;
    this.#output = [new Output((bytes) => tell({ kind: 'output', line: 0, bytes })), new Output((bytes) => tell({ kind: 'output', line: 1, bytes }))];
    supplies.watch((done) => this.#tell({ kind: 'progress', done, total: Math.max(done, this.#total) }));
  }

  async start(from: StartFrom): Promise<void> {
    if (from === 'cold') return this.#reset((disk) => disk.clear());
    const [state] = await Promise.all([this.#snapshot(), this.#build(), this.#touched && this.#late()]);
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
    this.#go(this.#emulator);
  }

  /** Stands still for the moment, until no read of the disk is under way: v86 forgets those in a state. */
  async save(): Promise<Uint8Array<ArrayBuffer>> {
    await this.complete();
    return this.#stopped(async ({ emulator, disk }) => {
      const running = this.#running;
      await disk.settled();
      const state = await emulator.save();
      if (running) this.#go(emulator);
      return state;
    });
  }

  restore(state: Uint8Array<ArrayBuffer>): Promise<void> {
    return this.#restore(state, false);
  }

  async complete(): Promise<void> {
    if (!this.#lacks || this.#touched) return;
    const part = await this.#late();
    await this.#stopped(async ({ emulator }) => {
      this.#fill(emulator, part);
      if (this.#running) this.#go(emulator);
    });
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
      disk.clear();
      this.#typed = [];
      try {
        await emulator.restore(state);
      } catch (cause) {
        throw new MachineError('snapshot-damaged', "The emulator cannot read the machine's saved state.", 'Start the machine afresh.', { cause });
      }
      for (const output of this.#output) output.clear();
      this.#lacks = lacks;
      if (this.#part && !this.#touched) this.#fill(emulator, this.#part);
      this.#go(emulator);
    });
  }

  #reset(prepare: (disk: Disk) => void): Promise<void> {
    return this.#stopped(async ({ emulator, disk }) => {
      prepare(disk);
      this.#typed = [];
      this.#lacks = false;
      this.#flush();
      emulator.reset();
      this.#go(emulator);
    });
  }

  /** One after another: each finds the processor standing still between two instructions. */
  #stopped<T>(work: (pc: PcParts) => Promise<T>): Promise<T> {
    const turn = this.#turn.then(async () => {
      const pc = await this.#build();
      await pc.emulator.stop();
      return work(pc);
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #go(emulator: Emulator): void {
    if (this.#disposed) return;
    this.#running = true;
    emulator.run();
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
      missing: (page) => this.#missing(page),
      rebooted: () => {
        this.#lacks = false;
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

  /** Another start, a reset or another state may have come since it was asked for. */
  #fill(emulator: Emulator, part: LatePart): void {
    if (this.#lacks) emulator.complete(part);
    this.#lacks = false;
  }

  /** Until what lacks is there the machine stands still: its clock would run on, and its watchdog bark. */
  #missing(page: number): boolean {
    if (!this.#lacks) return true;
    if (this.#touched && this.#part) {
      this.#emulator?.complete(this.#part, page);
      this.#touched(page);
      return true;
    }
    if (this.#waits) return false;
    this.#waits = true;
    void this.#emulator?.stop();
    this.complete().catch((error: unknown) => this.#break(error)).finally(() => { this.#waits = false; });
    return false;
  }

  #flush(): void {
    for (const output of this.#output) output.flush();
  }

  #feed(): void {
    if (this.#typed.length && this.#emulator?.backlog(0) === 0) this.#emulator.send(0, Uint8Array.from(this.#typed.splice(0, TYPED)));
  }

  #break(error: unknown): void {
    this.pause();
    this.#flush();
    this.#tell({
      kind: 'failed',
      error: error instanceof MachineError ? error : new MachineError('emulator', `The emulator failed: ${String(error)}.`, 'Restart the machine; if it happens again, reload the page.', { cause: error }),
    });
  }
}
