import { Store, until } from '../base/store.ts';
import type { Channel } from './channel.ts';
import { withoutEscapes } from '../base/escapes.ts';
import { promptAtEnd } from './prompt.ts';

/** What stands behind the line end of the echo: a prompt there is the next one, not the old one. */
const answer = (text: string): string => /^[^\n]*\n([\s\S]*)/.exec(withoutEscapes(text))?.[1] ?? '';

/** The shell wants the rest of the command. Only right after the echo: in output, `> ` may begin a line of its own. bash puts a CR before it. */
const CONTINUES = /^\r*> $/;

/** Types into the console as a reader does: a line at a prompt, then waiting for the next prompt, never for time. */
export class Typist {
  readonly #console: Channel;
  /** What the machine has printed since the last line was typed. */
  readonly #text = new Store('');
  #prompt = '';

  /** Listens to the console until `life` ends. */
  constructor(console: Channel, life?: AbortSignal) {
    this.#console = console;
    const decoder = new TextDecoder();
    console.read((bytes) => this.#text.set(this.#text.get() + decoder.decode(bytes, { stream: true })), life);
  }

  /** The prompt that the console showed last, such as `root@node-1:~#`. */
  get at(): string {
    return this.#prompt;
  }

  /** Resolves when the console shows a prompt; the one of a restored screen counts. */
  async prompt(signal?: AbortSignal): Promise<void> {
    await until(this.#text, () => promptAtEnd(this.#console.transcript()) !== undefined, signal);
    this.#prompt = promptAtEnd(this.#console.transcript()) ?? '';
  }

  /** Sends keys as they are. */
  send(keys: string): void {
    this.#text.set('');
    this.#console.write(keys);
  }

  /**
   * Resolves when `fits`. It is given what was printed since the last line or keys (behind the echo's line end, '' before it) and
   * all that the boot under way has printed, both without escape sequences.
   */
  async until(fits: (answer: string, boot: string) => boolean, signal?: AbortSignal): Promise<void> {
    await until(this.#text, (text) => fits(answer(text), withoutEscapes(this.#console.boots().at(-1) ?? '')), signal);
    this.#prompt = promptAtEnd(this.#console.transcript()) ?? '';
  }

  /** Resolves with what the machine printed between the line and the next prompt, without the last line end. */
  async type(line: string, signal?: AbortSignal): Promise<string> {
    this.#text.set('');
    this.#console.write(`${line}\r`);
    const text = answer(await until(this.#text, (text) => CONTINUES.test(answer(text)) || promptAtEnd(answer(text)) !== undefined, signal));
    if (CONTINUES.test(text)) return '';
    this.#prompt = promptAtEnd(text) ?? '';
    return text.slice(0, text.length - this.#prompt.length - 1).replace(/\r/g, '').replace(/\n$/, '');
  }
}
