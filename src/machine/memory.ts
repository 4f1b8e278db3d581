/** The guest's physical memory, to be read only. */
export interface Memory {
  /** 32 bits, little-endian; undefined where there is no RAM. */
  word(physical: number): number | undefined;
}

/** The old display memory: a device answers there, and the RAM behind it is nobody's. */
const WINDOW = { from: 0xa0000, to: 0xc0000 };

/** `bytes` is all of the RAM, from physical address 0. */
export function physicalMemory(bytes: Uint8Array): Memory {
  return {
    word(physical) {
      if (physical + 4 > bytes.length || (physical + 4 > WINDOW.from && physical < WINDOW.to)) return undefined;
      const at = (offset: number): number => bytes[physical + offset] ?? 0;
      return (at(0) | (at(1) << 8) | (at(2) << 16) | (at(3) << 24)) >>> 0;
    },
  };
}
