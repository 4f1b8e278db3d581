import { concat } from '../base/bytes.ts';
import { MachineError } from './error.ts';

/** A machine at one moment, to go back to. */
export interface Saved {
  /** Of image, emulator and options: a state fits no other. */
  readonly key: string;
  /** The end of the console's transcript, to be painted before the machine goes on. */
  readonly screen: string;
  readonly state: Uint8Array<ArrayBuffer>;
}

const MAGIC = 'BKSAVE1\0';
const HEAD = 16;

/** "BKSAVE1\0", u32 length of the JSON, u32 length of the state, the JSON { key, screen }, the state. */
export function packSaved({ key, screen, state }: Saved): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder();
  const json = text.encode(JSON.stringify({ key, screen }));
  const head = new Uint8Array(HEAD);
  head.set(text.encode(MAGIC));
  const view = new DataView(head.buffer);
  view.setUint32(8, json.length, true);
  view.setUint32(12, state.length, true);
  return concat([head, json, state]);
}

/** Throws MachineError `snapshot-damaged` or, when it belongs to another image or emulator, `snapshot-version`. */
export function unpackSaved(bytes: Uint8Array, key: string): Saved {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = new TextDecoder();
  if (bytes.length < HEAD || text.decode(bytes.subarray(0, 8)) !== MAGIC) throw damaged('it does not begin as one');
  const start = HEAD + view.getUint32(8, true);
  if (bytes.length !== start + view.getUint32(12, true)) throw damaged('its length is wrong');
  const saved: unknown = JSON.parse(text.decode(bytes.subarray(HEAD, start)));
  if (typeof saved !== 'object' || saved === null || !('key' in saved) || !('screen' in saved) || typeof saved.screen !== 'string')
    throw damaged('its description is incomplete');
  if (saved.key !== key)
    throw new MachineError('snapshot-version', 'This checkpoint was made with another version of the machine.', 'Start the machine afresh; checkpoints last only as long as the machine they were made with.');
  return { key, screen: saved.screen, state: new Uint8Array(bytes.subarray(start)) }; // a copy, also of a Buffer
}

const damaged = (why: string): MachineError =>
  new MachineError('snapshot-damaged', `The checkpoint is damaged: ${why}.`, 'Go back to another checkpoint, or start the machine afresh.');
