/** A serial line, both ways, in bytes. */
export interface Channel {
  /** Sends to the guest. Paced by the implementation, so that the guest's tty loses nothing. */
  write(data: Uint8Array | string): void;
  /** Calls `listener` with what the guest sent, in order, in batches. Ends by `signal`. */
  read(listener: (data: Uint8Array) => void, signal?: AbortSignal): void;
  /** All that the guest has sent since the start (after a restore: preceded by the screen at save time), newest 256 KiB. */
  transcript(): string;
  /** The same, parted where the processor began again from its firmware; oldest first. The guest can not forge a border. */
  boots(): readonly string[];
  /** The number of the boot under way, counted from the start; a restore goes back in it. */
  readonly boot: number;
}
