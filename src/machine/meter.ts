import type { Counts } from './inspection.ts';

/** What the meter touches in v86's processor. */
export interface MeteredCpu {
  run_hardware_timers(acpi: boolean, now: number): number;
  device_raise_irq(line: number): void;
  device_lower_irq(line: number): void;
  readonly cpl: Uint8Array;
  readonly instruction_counter: Uint32Array;
}

/**
 * Counts in which ring the processor works, and how often devices ask for it, as long as somebody looks.
 *
 * v86 does not count by ring, so the ring is sampled: the emulator comes back to JavaScript for its timers after each 100 003 guest
 * instructions, or when the processor halts, and the host time since the last such moment is put to the ring it finds. Interrupts are counted
 * one by one: a request is a line that goes up.
 */
export class Meter {
  readonly #cpu: MeteredCpu;
  readonly #rings = [0, 0, 0, 0];
  readonly #interrupts = Array<number>(16).fill(0);
  #up = 0;
  #last = 0;
  #counter = 0;
  #unhook: (() => void) | undefined;

  constructor(cpu: MeteredCpu) {
    this.#cpu = cpu;
  }

  get counts(): Counts {
    return { rings: [...this.#rings], interrupts: [...this.#interrupts] };
  }

  /** Off, v86 is as it was: nothing of this costs anything. */
  watch(on: boolean): void {
    if (on === Boolean(this.#unhook)) return;
    this.#unhook?.();
    this.#unhook = on ? this.#hook() : undefined;
  }

  /** A slice of work begins: the time since the last one was not the guest's. */
  begin(): void {
    if (!this.#unhook) return;
    this.#last = performance.now();
    this.#counter = this.#cpu.instruction_counter[0] ?? 0;
  }

  #hook(): () => void {
    const cpu = this.#cpu;
    const { run_hardware_timers: timers, device_raise_irq: raise, device_lower_irq: lower } = cpu;
    this.#up = 0;
    cpu.run_hardware_timers = (acpi, now) => {
      this.#sample(now);
      return timers.call(cpu, acpi, now);
    };
    cpu.device_raise_irq = (line) => {
      const bit = 1 << line;
      if (!(this.#up & bit)) this.#interrupts[line] = (this.#interrupts[line] ?? 0) + 1;
      this.#up |= bit;
      raise.call(cpu, line);
    };
    cpu.device_lower_irq = (line) => {
      this.#up &= ~(1 << line);
      lower.call(cpu, line);
    };
    this.begin();
    return () => Object.assign(cpu, { run_hardware_timers: timers, device_raise_irq: raise, device_lower_irq: lower });
  }

  /** The same counter as before: the processor was halted. */
  #sample(now: number): void {
    const counter = this.#cpu.instruction_counter[0] ?? 0;
    const ring = this.#cpu.cpl[0] ?? 0;
    if (counter !== this.#counter) this.#rings[ring] = (this.#rings[ring] ?? 0) + now - this.#last;
    this.#last = now;
    this.#counter = counter;
  }
}
