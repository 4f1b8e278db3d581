/** One message on the control line; src/image/agent/frame.h is the other end and describes the bytes. */
export interface Frame {
  readonly type: string;
  /** The run that it belongs to, else 0. */
  readonly id: number;
  readonly payload: Uint8Array;
}

export const PROTOCOL = 1;
/** Most bytes of payload that the agent takes in one frame. */
export const PIECE = 1024;
const HEAD = 12;
const LONGEST = 4096;

export function encodeFrame(type: string, id = 0, payload: Uint8Array = new Uint8Array()): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEAD + payload.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = 0xb0;
  bytes[1] = 0x07;
  bytes[2] = type.charCodeAt(0);
  view.setUint16(4, id, true);
  view.setUint16(6, payload.length, true);
  bytes[3] = headSum(view, 0);
  bytes.set(payload, HEAD);
  view.setUint32(8, sum(bytes, 0, payload.length), true);
  return bytes;
}

/** Finds frames in a stream that may hold anything in between. */
export class FrameReader {
  #held = new Uint8Array();

  push(bytes: Uint8Array): Frame[] {
    const all = new Uint8Array(this.#held.length + bytes.length);
    all.set(this.#held);
    all.set(bytes, this.#held.length);
    const view = new DataView(all.buffer);
    const frames: Frame[] = [];
    let at = 0;
    while (at + HEAD <= all.length) {
      const length = view.getUint16(at + 6, true);
      const sound = all[at] === 0xb0 && all[at + 1] === 0x07 && all[at + 3] === headSum(view, at) && length <= LONGEST;
      if (sound && at + HEAD + length > all.length) break;
      if (!sound || view.getUint32(at + 8, true) !== sum(all, at, length)) {
        at++;
        continue;
      }
      frames.push({
        type: String.fromCharCode(view.getUint8(at + 2)),
        id: view.getUint16(at + 4, true),
        payload: all.slice(at + HEAD, at + HEAD + length),
      });
      at += HEAD + length;
    }
    this.#held = all.slice(at);
    return frames;
  }
}

const headSum = (view: DataView, at: number): number =>
  [2, 4, 5, 6, 7].reduce((sum, n) => sum ^ view.getUint8(at + n), 0x5a);

/** FNV-1a over the head from the type on, without the head's own sum, then the payload. */
function sum(bytes: Uint8Array, at: number, length: number): number {
  let hash = 0x811c9dc5;
  const add = (from: number, to: number): void => {
    for (let n = from; n < to; n++) hash = Math.imul(hash ^ (bytes[n] ?? 0), 0x01000193);
  };
  add(at + 2, at + 8);
  add(at + HEAD, at + HEAD + length);
  return hash >>> 0;
}
