const SIGN = 'Kernel panic - not syncing';

/** Looks for a panic's words in the console's output, also where a batch cuts them. */
export class PanicWatch {
  readonly #ping: () => Promise<void>;
  readonly #panicked: () => void;
  #tail = '';

  /** The words may be an echo or a log: they are believed when `ping`, the agent's answer, fails. */
  constructor(ping: () => Promise<void>, panicked: () => void) {
    this.#ping = ping;
    this.#panicked = panicked;
  }

  /** `life` ends when the machine begins another: what its console said before is then no matter. */
  hear(bytes: Uint8Array, life: AbortSignal): void {
    const text = this.#tail + new TextDecoder('latin1').decode(bytes);
    const seen = text.includes(SIGN);
    this.#tail = seen ? '' : text.slice(1 - SIGN.length);
    if (seen) this.#ping().catch(() => { if (!life.aborted) this.#panicked(); });
  }
}
