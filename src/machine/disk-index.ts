import { toHex } from '../base/bytes.ts';
import { MachineError } from './error.ts';

/**
 * What the disk consists of: its chunks in order, cut on block borders.
 *
 * As a file, little-endian: "BKDISK1\0", u32 block size, u32 count of chunks, u64 disk size in bytes,
 * then for each chunk u32 blocks and the first 16 bytes of the SHA-256 of its content
 * (all zero: a hole that reads as zeros and has no file).
 */
export interface DiskIndex {
  readonly bytes: number;
  readonly chunks: readonly DiskChunk[];
}

export interface DiskChunk {
  /** 32 hexadecimal digits; '' for a hole. */
  readonly hash: string;
  readonly blocks: number;
}

export const BLOCK = 4096;
const MAGIC = 'BKDISK1\0';
const HEAD = 24;
const ENTRY = 20;
const HOLE = '0'.repeat(32);

/** Where a chunk lies below the image's folder; one zstd frame. */
export const chunkPath = (hash: string): string => `chunks/${hash.slice(0, 2)}/${hash}.zst`;

export function encodeDiskIndex(chunks: readonly DiskChunk[]): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(HEAD + ENTRY * chunks.length);
  const view = new DataView(file.buffer);
  let blocks = 0;
  chunks.forEach((chunk, n) => {
    const at = HEAD + ENTRY * n;
    view.setUint32(at, chunk.blocks, true);
    (chunk.hash || HOLE).match(/../g)?.forEach((pair, i) => view.setUint8(at + 4 + i, parseInt(pair, 16)));
    blocks += chunk.blocks;
  });
  file.set(new TextEncoder().encode(MAGIC));
  view.setUint32(8, BLOCK, true);
  view.setUint32(12, chunks.length, true);
  view.setBigUint64(16, BigInt(blocks) * BigInt(BLOCK), true);
  return file;
}

/** Throws MachineError `index-malformed`, saying what does not fit. */
export function decodeDiskIndex(file: Uint8Array): DiskIndex {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < HEAD || new TextDecoder('latin1').decode(file.subarray(0, 8)) !== MAGIC)
    throw malformed('it does not begin as an index does');
  if (view.getUint32(8, true) !== BLOCK) throw malformed(`its block size is ${view.getUint32(8, true)}, not ${BLOCK}`);
  const count = view.getUint32(12, true);
  if (file.length !== HEAD + ENTRY * count) throw malformed(`it should list ${count} chunks and has ${file.length} bytes`);
  const bytes = Number(view.getBigUint64(16, true));
  const chunks: DiskChunk[] = [];
  let blocks = 0;
  for (let at = HEAD; at < file.length; at += ENTRY) {
    const hash = toHex(file.subarray(at + 4, at + ENTRY));
    const chunk = { hash: hash === HOLE ? '' : hash, blocks: view.getUint32(at, true) };
    if (chunk.blocks === 0) throw malformed(`chunk ${chunks.length} is empty`);
    blocks += chunk.blocks;
    chunks.push(chunk);
  }
  if (blocks * BLOCK !== bytes) throw malformed(`its chunks hold ${blocks * BLOCK} bytes, the disk has ${bytes}`);
  return { bytes, chunks };
}

const malformed = (why: string): MachineError =>
  new MachineError('index-malformed', `The disk's index is damaged: ${why}.`, 'Reload the page; if that does not help, the image has to be published again.');
