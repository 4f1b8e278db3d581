import { Store, until } from '../base/store.ts';
import type { Channel } from '../machine/channel.ts';

/** Colours, bracketed paste and the like; carriage returns, with which readline also breaks long lines. */
const noise = /\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|\r/g;
const prompt = /(?:^|\n)\S+@[\w-]+:\S*[#$] /;

/** What stands behind the line end of the echo: a prompt there is the next one, not the old one. */
const answer = (text: string): string => /^[^\n]*\n([\s\S]*)/.exec(text.replace(noise, ''))?.[1] ?? '';

/** Types into the console as a reader does: a line at a prompt, then waiting for the next prompt, never for time. */
export class Typist {
  readonly #console: Channel;
  /** What the machine has printed since the last line was typed. */
  readonly #text = new Store('');

  constructor(console: Channel, signal?: AbortSignal) {
    this.#console = console;
    const decoder = new TextDecoder();
    console.read((bytes) => this.#text.set(this.#text.get() + decoder.decode(bytes, { stream: true })), signal);
  }

  /** Resolves when the console shows a prompt; the one of a restored screen counts. */
  async prompt(signal?: AbortSignal): Promise<void> {
    await until(this.#text, () => prompt.test(this.#console.transcript().replace(noise, '')), signal);
  }

  /** Resolves with what the machine printed between the line and the next prompt. */
  async type(line: string, signal?: AbortSignal): Promise<string> {
    this.#text.set('');
    this.#console.write(`${line}\r`);
    const text = await until(this.#text, (text) => prompt.test(answer(text)), signal);
    return answer(text).replace(/\n?\S+@[\w-]+:\S*[#$] $/, '');
  }
}
