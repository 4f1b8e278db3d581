import { concat } from '../base/bytes.ts';
import { MachineError } from './error.ts';

/** A machine at one moment, to go back to. */
export interface Saved {
  /** Of image, emulator and options: a state fits no other. */
  readonly key: string;
  /** What the console has shown, in each boot. */
  readonly boots: readonly string[];
  /** Whether the control agent answered: a machine that stood in GRUB or its initramfs has none to greet. */
  readonly awake: boolean;
  readonly state: Uint8Array<ArrayBuffer>;
}

const MAGIC = 'BKSAVE2\0';
const HEAD = 16;

/** "BKSAVE2\0", u32 length of the JSON, u32 length of the state, the JSON { key, boots, awake }, the state. */
export function packSaved({ key, boots, awake, state }: Saved): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder();
  const json = text.encode(JSON.stringify({ key, boots, awake }));
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
  const saved = described(text.decode(bytes.subarray(HEAD, start)));
  if (saved.key !== key)
    throw new MachineError('snapshot-version', 'This checkpoint was made with another version of the machine.', 'Start the machine afresh; checkpoints last only as long as the machine they were made with.');
  return { ...saved, state: new Uint8Array(bytes.subarray(start)) }; // a copy, also of a Buffer
}

function described(json: string): Omit<Saved, 'state'> {
  let saved: unknown;
  try {
    saved = JSON.parse(json);
  } catch {
    throw damaged('its description can not be read');
  }
  if (typeof saved === 'object' && saved !== null && 'key' in saved && typeof saved.key === 'string' && 'awake' in saved && typeof saved.awake === 'boolean'
    && 'boots' in saved && Array.isArray(saved.boots) && saved.boots.every((text) => typeof text === 'string'))
    return { key: saved.key, boots: saved.boots, awake: saved.awake };
  throw damaged('its description is incomplete');
}

const damaged = (why: string): MachineError =>
  new MachineError('snapshot-damaged', `The checkpoint is damaged: ${why}.`, 'Go back to another checkpoint, or start the machine afresh.');
