export type MachineErrorKind =
  | 'chunk-missing' | 'chunk-damaged' | 'index-missing' | 'index-malformed'
  | 'snapshot-missing' | 'snapshot-version' | 'snapshot-damaged'
  | 'network' | 'offline' | 'no-wasm' | 'no-worker' | 'out-of-memory'
  | 'panic' | 'powered-off' | 'interrupted' | 'agent-silent' | 'timeout' | 'refused' | 'disposed' | 'emulator';

/** A failure of the machine, never of the reader: what happened, and what to do about it. */
export class MachineError extends Error {
  readonly kind: MachineErrorKind;
  /** One sentence: what the reader can do now. */
  readonly remedy: string;

  constructor(kind: MachineErrorKind, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MachineError';
    this.kind = kind;
    this.remedy = remedy;
  }
}

/** Failures after which a running machine is whole, and can go on once the server delivers. */
export const DELIVERY: ReadonlySet<MachineErrorKind> = new Set(['chunk-missing', 'chunk-damaged', 'network', 'offline']);

/** What was thrown, as an error with a remedy. */
export const asMachineError = (error: unknown): MachineError =>
  error instanceof MachineError ? error
    : new MachineError('emulator', `The emulator failed: ${error instanceof Error ? error.message : String(error)}.`, 'Restart the machine; if it happens again, reload the page.', { cause: error });

export const panicked = (): MachineError =>
  new MachineError('panic', "The machine's kernel has panicked; its last words stand on the console.", 'Read them, then restart the machine.');

export const poweredOff = (): MachineError =>
  new MachineError('powered-off', 'The machine has been halted.', 'Restart it to go on.');

/** Of a machine that does not run yet. */
export const notThere = (what: 'switched off' | 'still starting'): MachineError =>
  new MachineError('refused', `The machine is ${what}.`, 'Wait until the prompt is there.');
