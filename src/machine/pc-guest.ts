import { MachineError } from './error.ts';
import type { Guest, RunOptions, RunResult } from './guest.ts';
import type { Wake } from './control.ts';

/** What a guest needs of its machine. */
export interface GuestLink {
  run(script: string, options?: RunOptions): Promise<RunResult>;
  wake(wake: Wake): Promise<void>;
}

export class PcGuest implements Guest {
  readonly #link: GuestLink;

  constructor(link: GuestLink) {
    this.#link = link;
  }

  run(script: string, options?: RunOptions): Promise<RunResult> {
    return this.#link.run(script, options);
  }

  async put(path: string, bytes: Uint8Array, mode = 0o644): Promise<void> {
    const file = quote(path);
    const parent = quote(path.replace(/\/?[^/]*$/, '') || '/');
    const script = `[ -d ${parent} ] || mkdir -p ${parent}; cat > ${file} && chmod ${mode.toString(8)} ${file}`;
    const { code, stderr } = await this.#link.run(script, { stdin: bytes, timeout: patience(bytes.length) });
    if (code !== 0) throw new MachineError('refused', `The machine could not write ${path}: ${stderr.trim()}.`, 'Free space in the machine, or restart it.');
  }

  async get(path: string): Promise<Uint8Array> {
    const { code, stdoutBytes, stderr } = await this.#link.run(`cat -- ${quote(path)}`, { timeout: patience(10_000_000) });
    if (code !== 0) throw new MachineError('refused', `The machine could not read ${path}: ${stderr.trim()}.`, 'Look whether the file is there.');
    return stdoutBytes;
  }

  resize(columns: number, rows: number): Promise<void> {
    return this.#link.wake({ size: { columns, rows } });
  }

  setClock(): Promise<void> {
    return this.#link.wake({ epoch: Date.now() });
  }
}

/** A byte a 20th of a millisecond is slow even for a busy tab. */
const patience = (bytes: number): number => 30_000 + bytes / 20;

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
