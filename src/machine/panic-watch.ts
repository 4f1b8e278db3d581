const SIGN = 'Kernel panic - not syncing';

/** Looks for a panic's words in the console's output, also where a batch cuts them. */
export class PanicWatch {
  #tail = '';

  /** Whether the words have just been completed. They may be an echo or a log: ask the agent before believing them. */
  saw(bytes: Uint8Array): boolean {
    const text = this.#tail + new TextDecoder('latin1').decode(bytes);
    const seen = text.includes(SIGN);
    this.#tail = seen ? '' : text.slice(1 - SIGN.length);
    return seen;
  }
}
