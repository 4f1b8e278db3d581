import { sizeWords, type Checkpoint } from './checkpoint.ts';
import type { CheckpointStore } from './checkpoint-store.ts';

/** A failure of keeping, with what the reader can do. */
export class CheckpointError extends Error {
  readonly kind: 'full' | 'damaged' | 'gone';
  readonly remedy: string;
  constructor(kind: CheckpointError['kind'], message: string, remedy: string) {
    super(message);
    this.name = 'CheckpointError';
    this.kind = kind;
    this.remedy = remedy;
  }
}

/**
 * How many automatic checkpoints are kept, the newest. They stay in this tab's memory: each is some 10 MB, one comes with every
 * step, and written to the disk they would eat the room of those that the reader made.
 */
export const AUTOMATIC = 3;

export interface CheckpointParts {
  readonly lasting: CheckpointStore;
  readonly tab: CheckpointStore;
  /** Told whether any last, so that the next visit knows to look. */
  readonly remember: (any: boolean) => void;
}

/** The kept machines: the reader's own, which last, and the newest automatic ones. Knows nothing of machines or pages. */
export class Checkpoints {
  readonly #parts: CheckpointParts;
  #automatic: Checkpoint[] = [];
  /** Of those in the tab, the reader's own. */
  readonly #tabOnly = new Set<string>();

  constructor(parts: CheckpointParts) {
    this.#parts = parts;
  }

  /** The newest first; what can not be read is not there. */
  async list(): Promise<Checkpoint[]> {
    const lasting = await this.#parts.lasting.list().catch(() => []);
    return [...lasting, ...(await this.#parts.tab.list())].toSorted((a, b) => b.at - a.at);
  }

  /** The newest automatic one: before it was broken. */
  get newest(): Checkpoint | undefined {
    return this.#automatic.at(-1);
  }

  isAutomatic(id: string): boolean {
    return this.#automatic.some((one) => one.id === id);
  }

  inTab(id: string): boolean {
    return this.#tabOnly.has(id) || this.isAutomatic(id);
  }

  /** Keeps a machine for later visits; `tab` when the browser allows it for this tab only. Throws CheckpointError `full`; nothing old is lost. */
  async keep(head: Omit<Checkpoint, 'bytes'>, state: Uint8Array): Promise<{ checkpoint: Checkpoint; where: 'browser' | 'tab' }> {
    const packed = await through(state, new CompressionStream('gzip'));
    const checkpoint = { ...head, bytes: packed.length };
    try {
      await this.#parts.lasting.add(checkpoint, packed);
      this.#parts.remember(true);
      return { checkpoint, where: 'browser' };
    } catch (error) {
      if (isFull(error)) throw await this.#full();
      await this.#parts.tab.add(checkpoint, packed);
      this.#tabOnly.add(checkpoint.id);
      return { checkpoint, where: 'tab' };
    }
  }

  async keepAutomatic(head: Omit<Checkpoint, 'bytes'>, state: Uint8Array): Promise<void> {
    const packed = await through(state, new CompressionStream('gzip'));
    const checkpoint = { ...head, bytes: packed.length };
    await this.#parts.tab.add(checkpoint, packed);
    this.#automatic.push(checkpoint);
    while (this.#automatic.length > AUTOMATIC) await this.#parts.tab.delete(this.#automatic.shift()?.id ?? '');
  }

  /** Another start of the lab: what was kept of the one before by itself is of no use. */
  async forgetAutomatic(): Promise<void> {
    for (const { id } of this.#automatic.splice(0)) await this.#parts.tab.delete(id);
  }

  /** The machine's state, for `restore`. Throws CheckpointError. */
  async read({ id, name }: Checkpoint): Promise<Uint8Array> {
    const packed = (await this.#parts.tab.read(id)) ?? (await this.#parts.lasting.read(id).catch(() => undefined));
    if (!packed) throw new CheckpointError('gone', `The checkpoint “${name}” is no longer there: another tab or the browser removed it.`, 'Go back to another one, or restart the machine.');
    try {
      return await through(packed, new DecompressionStream('gzip')); // gzip holds a checksum of what it packed
    } catch {
      throw new CheckpointError('damaged', `The checkpoint “${name}” is damaged: it can not be unpacked.`, 'Delete it, and go back to another one or restart the machine.');
    }
  }

  async delete(id: string): Promise<void> {
    await this.#parts.tab.delete(id);
    this.#automatic = this.#automatic.filter((one) => one.id !== id);
    if (this.#tabOnly.delete(id)) return;
    await this.#parts.lasting.delete(id).catch(() => undefined);
    this.#parts.remember((await this.#parts.lasting.list().catch(() => [])).length > 0);
  }

  async #full(): Promise<CheckpointError> {
    const kept = (await this.list()).filter(({ id }) => !this.inTab(id)).map(({ name, bytes }) => `“${name}” (${sizeWords(bytes)})`);
    const remedy = kept.length ? `Delete one of these and save again: ${kept.join(', ')}.` : 'Free storage in the browser, then save again.';
    return new CheckpointError('full', 'The browser has no room left for this checkpoint; those kept before are all still there.', remedy);
  }
}

/** Other browsers wrap it: the name is what they share. */
const isFull = (error: unknown): boolean => error instanceof Error && error.name === 'QuotaExceededError';

async function through(bytes: Uint8Array, way: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(way);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
