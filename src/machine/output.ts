/** Gathers single bytes and hands them on in batches. */
export class Output {
  readonly #emit: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly #bytes = new Uint8Array(64 * 1024);
  #used = 0;

  constructor(emit: (bytes: Uint8Array<ArrayBuffer>) => void) {
    this.#emit = emit;
  }

  push(byte: number): void {
    this.#bytes[this.#used++] = byte;
    if (this.#used === this.#bytes.length) this.flush();
  }

  flush(): void {
    if (this.#used === 0) return;
    const bytes = this.#bytes.slice(0, this.#used);
    this.#used = 0;
    this.#emit(bytes);
  }

  clear(): void {
    this.#used = 0;
  }
}
