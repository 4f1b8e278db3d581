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
