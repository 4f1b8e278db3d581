import type { Channel } from '../machine/channel.ts';

/** Colours, bracketed paste and the like; carriage returns, with which readline also breaks long lines. */
const noise = /\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|\r/g;
const prompt = /(?:^|\n)\S+@[\w-]+:\S*[#$] /;

/** Types into the console as a reader does: a line at a prompt, then waiting for the next prompt, never for time. */
export class Typist {
  readonly #console: Channel;
  #text = '';
  #heard: () => void = () => {};

  constructor(console: Channel, signal?: AbortSignal) {
    this.#console = console;
    const decoder = new TextDecoder();
    console.read((bytes) => {
      this.#text += decoder.decode(bytes, { stream: true });
      this.#heard();
    }, signal);
  }

  /** Resolves when the console shows a prompt; the one of a restored screen counts. */
  async prompt(signal?: AbortSignal): Promise<void> {
    await this.#until(() => prompt.test(this.#console.transcript().replace(noise, '')), signal);
  }

  /** Resolves with what the machine printed between the line and the next prompt. */
  async type(line: string, signal?: AbortSignal): Promise<string> {
    this.#text = '';
    this.#console.write(`${line}\r`);
    // the echo stands behind the old prompt, so that only a prompt after a line end is the next one
    const answer = () => /^[^\n]*\n([\s\S]*)/.exec(this.#text.replace(noise, ''))?.[1] ?? '';
    await this.#until(() => prompt.test(answer()), signal);
    return answer().replace(/\n?\S+@[\w-]+:\S*[#$] $/, '');
  }

  async #until(test: () => boolean, signal: AbortSignal | undefined): Promise<void> {
    while (!test()) {
      await new Promise<void>((resolve, reject) => {
        this.#heard = resolve;
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
      signal?.throwIfAborted();
    }
  }
}
