/** What a script in the guest did. `stdout` and `stderr` are decoded as UTF-8, bad bytes become U+FFFD; the raw bytes stand beside. */
export interface RunResult {
  /** Exit status 0–255; 128 + n when signal n ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly stdoutBytes: Uint8Array;
  readonly stderrBytes: Uint8Array;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds of host time after which the script and all it started is killed and `run` rejects. Default 30 000. */
  readonly timeout?: number;
  readonly stdin?: Uint8Array;
}

/** The inside of the machine, reached over the control line; never touches the reader's terminal. */
export interface Guest {
  /** Runs a /bin/sh script as root, in a fresh environment, in `/root`. One at a time; further calls queue. */
  run(script: string, options?: RunOptions): Promise<RunResult>;
  /** Writes a file (parents are made), mode 0644 unless told. Rejects when the guest refuses, with its reason. */
  put(path: string, bytes: Uint8Array, mode?: number): Promise<void>;
  get(path: string): Promise<Uint8Array>;
  /** Sets the console's size, as a terminal emulator does (SIGWINCH follows). */
  resize(columns: number, rows: number): Promise<void>;
  /** Sets the guest's wall clock to the host's. */
  setClock(): Promise<void>;
}
