import { crc32 } from 'node:zlib';
import { BLOCK } from '../machine/disk-index.ts';

/** A stretch of the disk, in blocks of 4 KiB; a hole reads as zeros. */
export interface Piece {
  readonly start: number;
  readonly blocks: number;
  readonly hole: boolean;
}

const LEAST = 8; // 32 KiB
const MOST = 64; // 256 KiB
const ONE_IN = 32; // a border after 1 in 32 blocks: pieces of about 128 KiB
const HOLE_LEAST = 16; // shorter runs of zeros pack to nothing inside their piece

/**
 * Cuts a disk where its content says so, on block borders: what is inserted or taken away in one place moves no
 * border elsewhere, so a new image shares most pieces with the one before.
 */
export function cut(disk: Uint8Array): Piece[] {
  const total = disk.length / BLOCK;
  const zero = new Uint8Array(total);
  for (let block = 0; block < total; block++) zero[block] = isZero(disk.subarray(block * BLOCK, (block + 1) * BLOCK)) ? 1 : 0;
  const pieces: Piece[] = [];
  let start = 0;
  for (let block = 0; block < total; ) {
    const run = zero[block] ? zeroRun(zero, block) : 0;
    if (run >= HOLE_LEAST) {
      if (block > start) pieces.push({ start, blocks: block - start, hole: false });
      pieces.push({ start: block, blocks: run, hole: true });
      start = block += run;
      continue;
    }
    block++;
    const length = block - start;
    const border = crc32(disk.subarray((block - 1) * BLOCK, block * BLOCK)) % ONE_IN === 0;
    if (length >= MOST || (border && length >= LEAST)) {
      pieces.push({ start, blocks: length, hole: false });
      start = block;
    }
  }
  if (start < total) pieces.push({ start, blocks: total - start, hole: false });
  return pieces;
}

function zeroRun(zero: Uint8Array, from: number): number {
  let end = from;
  while (end < zero.length && zero[end]) end++;
  return end - from;
}

function isZero(block: Uint8Array): boolean {
  return new BigUint64Array(block.buffer, block.byteOffset, block.length / 8).every((word) => word === 0n);
}
