import { V86, type V86Options } from 'v86';
import { soon } from '../base/soon.ts';
import type { Disk } from './disk.ts';
import type { Inspection } from './inspection.ts';
import { LATE_PORT, pageOf, type Paged } from './late-pages.ts';
import { look, type SeenCpu } from './look.ts';
import type { KernelLayout } from './manifest.ts';
import { Meter, type MeteredCpu } from './meter.ts';
import { OPTIONS } from './options.ts';

/** What we touch inside v86 0.5.462 beyond its published types. */
interface Core {
  running: boolean;
  yield(milliseconds: number, tick: number): void;
  yield_callback(tick: number): void;
  readonly cpu: MeteredCpu & SeenCpu & {
    main_loop(): number;
    reboot_internal(): void;
    store_current_tsc(): void;
    set_tsc(low: number, high: number): void;
    /** Low and high half, as store_current_tsc leaves it. */
    readonly current_tsc: Uint32Array;
    readonly devices: Readonly<Record<'uart0' | 'uart1', { input: number[] }>>;
    readonly io: { register_read(port: number, device: unknown, read8: () => number): void };
    readonly idtr_offset: Int32Array;
    full_clear_tlb(): void;
  };
}

interface Internals {
  readonly v86: Core;
  add_listener(event: 'cpu-event-halt', listener: () => void): void;
}

export interface EmulatorParts {
  readonly wasm: WebAssembly.Module;
  readonly bios: Uint8Array<ArrayBuffer>;
  readonly vgabios: Uint8Array<ArrayBuffer>;
  readonly disk: Disk;
}

export interface EmulatorEvents {
  byte(line: 0 | 1, byte: number): void;
  rebooted(): void;
  halted(): void;
  /** The guest waits for a page that its snapshot has left out, by number. Whether it is there now; it asks again at once. */
  missing(page: number): boolean;
  /** After each slice of work, a few milliseconds long, and each moment of rest. */
  slice(): void;
  /** The processor's emulation threw; it stands still. */
  broke(error: unknown): void;
}

const PAGING = 1 << 31; // of CR0
const SLICE = 8; // ms of work before others get their turn; v86's own 1 ms costs a third of the speed in Chromium

/** v86, wrapped: it starts work in its constructor, cannot report failure, and yields too often. */
export class Emulator {
  readonly #v86: V86;
  readonly #core: Core;
  readonly #disk: Disk;
  readonly #reboot: () => void;
  readonly #meter: Meter;
  #counted = 0;
  #last: number;

  private constructor(v86: V86, core: Core, disk: Disk, events: EmulatorEvents) {
    this.#v86 = v86;
    this.#core = core;
    this.#disk = disk;
    this.#last = core.cpu.instruction_counter[0] ?? 0;
    this.#meter = new Meter(core.cpu);
    v86.add_listener('serial0-output-byte', (byte) => events.byte(0, byte));
    v86.add_listener('serial1-output-byte', (byte) => events.byte(1, byte));
    inside(v86).add_listener('cpu-event-halt', () => events.halted());
    core.cpu.io.register_read(LATE_PORT, this, () => Number(events.missing(pageOf(core.cpu.cr[2] ?? 0))));
    disk.inOrder = () => !this.#pages();
    this.#takeTurns(events);
    this.#reboot = core.cpu.reboot_internal.bind(core.cpu);
    core.cpu.reboot_internal = () => {
      this.reset();
      events.rebooted();
    };
  }

  /** A PC that stands before its first instruction. */
  static async build(parts: EmulatorParts, events: EmulatorEvents): Promise<Emulator> {
    const { promise: broken, reject } = Promise.withResolvers<never>();
    // v86 takes any object with these methods for a disk; its types know only its own
    const hda = parts.disk as unknown as NonNullable<V86Options['hda']>;
    const v86 = new V86({
      ...OPTIONS,
      hda,
      bios: { buffer: parts.bios.buffer },
      vga_bios: { buffer: parts.vgabios.buffer },
      wasm_fn: (imports) => WebAssembly.instantiate(parts.wasm, imports).then((instance) => instance.exports, (error: unknown) => {
        reject(error);
        return new Promise(() => undefined);
      }),
    });
    await Promise.race([broken, new Promise<void>((resolve) => v86.add_listener('emulator-loaded', resolve))]);
    return new Emulator(v86, inside(v86).v86, parts.disk, events);
  }

  run(): void {
    void this.#v86.run();
  }

  stop(): Promise<void> {
    return this.#v86.stop();
  }

  /** Bytes that wait at the serial port for the guest to take them. */
  backlog(line: 0 | 1): number {
    return this.#uart(line).input.length;
  }

  send(line: 0 | 1, bytes: Uint8Array): void {
    this.#v86.serial_send_bytes(line, bytes);
  }

  async save(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.#v86.save_state());
  }

  /** Stops first. v86's state leaves the serial input out, so what waits there belongs to the past. */
  async restore(state: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.stop();
    this.#uart(0).input.length = 0;
    this.#uart(1).input.length = 0;
    this.instructions();
    this.#levelClock();
    await this.#v86.restore_state(state.byteLength === state.buffer.byteLength ? state.buffer : new Uint8Array(state).buffer);
    this.#last = this.#counter();
  }

  /** Our own reset, which nobody needs to be told of. */
  reset(): void {
    this.instructions();
    this.#reboot();
    this.#last = this.#counter();
  }

  /** The time stamp counter stands from now on; the answer lets it go on. The processor must not run in between. */
  holdClock(): () => void {
    const { cpu } = this.#core;
    cpu.store_current_tsc();
    const [low, high] = [cpu.current_tsc[0] ?? 0, cpu.current_tsc[1] ?? 0];
    return () => {
      this.#levelClock();
      cpu.set_tsc(low, high);
    };
  }

  /** v86's own counter has 32 bits, and begins anew with a reset or a restored state: it is read after each slice and added up. */
  instructions(): number {
    const now = this.#counter();
    this.#counted += (now - this.#last) >>> 0;
    this.#last = now;
    return this.#counted;
  }

  /** The memory as it is, of a machine that stands still. Whoever changes it calls `remapped`. */
  paged(): Paged {
    const { mem8: memory, cr, idtr_offset: idt } = this.#core.cpu;
    return { memory, control: { cr0: cr[0] ?? 0, cr3: cr[3] ?? 0, cr4: cr[4] ?? 0 }, idt: (idt[0] ?? 0) >>> 0 };
  }

  /** The processor forgets what it knows of page tables. */
  remapped(): void {
    this.#core.cpu.full_clear_tlb();
  }

  /** Counts while on what `inspect` tells of rings and interrupts. */
  watch(on: boolean): void {
    this.#meter.watch(on);
  }

  inspect(layout: KernelLayout, address: number | undefined): Omit<Inspection, 'chunks'> {
    return { at: performance.now(), instructions: this.instructions(), counts: this.#meter.counts, ...look(this.#core.cpu, layout, address) };
  }

  async destroy(): Promise<void> {
    await this.#v86.destroy();
  }

  /**
   * Firmware and GRUB have nothing to do while they wait for the disk but to ask it again: a hundred million times in a boot.
   * They stand still meanwhile, which a reader does not see and the guest can not tell. A kernel runs something else.
   */
  #polls(): boolean {
    return this.#disk.waiting && !this.#pages();
  }

  /** Whether a kernel runs: firmware and bootloader do without page tables. */
  #pages(): boolean {
    return ((this.#core.cpu.cr[0] ?? 0) & PAGING) !== 0;
  }

  /**
   * v86 sets the time stamp counter relative to the counter as it is, so that it comes out right only when the counter has no offset, as in a
   * machine that was never restored. Set to itself, it has none. Without this the guest's clock jumps by minutes with a checkpoint, and its
   * watchdog calls that a lockup; or back to the age of the page after a wait, and whatever waits for a moment waits on.
   */
  #levelClock(): void {
    const { cpu } = this.#core;
    cpu.store_current_tsc();
    cpu.set_tsc(cpu.current_tsc[0] ?? 0, cpu.current_tsc[1] ?? 0);
  }

  #counter(): number {
    return this.#core.cpu.instruction_counter[0] ?? 0;
  }

  #uart(line: 0 | 1): { input: number[] } {
    return this.#core.cpu.devices[line === 0 ? 'uart0' : 'uart1'];
  }

  #takeTurns(events: EmulatorEvents): void {
    const { cpu } = this.#core;
    const once = cpu.main_loop.bind(cpu);
    cpu.main_loop = () => {
      const end = performance.now() + SLICE;
      this.#meter.begin();
      let rest;
      try {
        do rest = once();
        while (rest < 1 && performance.now() < end && !this.#polls());
      } catch (error) {
        events.broke(error);
        return 1000;
      }
      this.instructions();
      events.slice();
      return rest;
    };
    const later = soon();
    this.#core.yield = (milliseconds, tick) => {
      const turn = (): void => this.#core.yield_callback(tick);
      if (this.#polls()) void this.#disk.settled().then(turn);
      else if (milliseconds < 1) later(turn);
      else setTimeout(turn, milliseconds);
    };
  }
}

const inside = (v86: V86): Internals => v86 as unknown as Internals;
