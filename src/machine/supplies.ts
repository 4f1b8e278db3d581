import { inflate, sha256, toHex } from '../base/bytes.ts';
import { once } from '../base/once.ts';
import type { Timers } from '../base/timers.ts';
import { ChunkStore, type ChunkCache } from './chunks.ts';
import { decodeDiskIndex, type DiskIndex } from './disk-index.ts';
import { MachineError, type MachineErrorKind } from './error.ts';
import { unpackLate, type LatePart } from './late-pages.ts';
import type { ImageManifest, KernelLayout, SnapshotMeta } from './manifest.ts';
import { obtain, type Source } from './source.ts';
import { Zstd } from './zstd.ts';

/** All that a machine is made of, each fetched and checked when asked for. */
export interface Supplies {
  wasm(): Promise<WebAssembly.Module>;
  bios(): Promise<Uint8Array<ArrayBuffer>>;
  vgabios(): Promise<Uint8Array<ArrayBuffer>>;
  index(): Promise<DiskIndex>;
  /** zstd, as v86 takes it. */
  snapshot(): Promise<Uint8Array<ArrayBuffer>>;
  /** What the snapshot has left out. */
  late(): Promise<LatePart>;
  readonly chunks: ChunkStore;
  /** Of the disk's kernel. */
  readonly layout: KernelLayout;
  /** Bytes fetched so far, as transferred, of what is needed before the machine runs; the disk's chunks not included. */
  watch(listener: (done: number) => void): void;
}

export interface SupplyParts {
  readonly image: Source;
  readonly manifest: ImageManifest;
  readonly snapshots: Source;
  readonly snapshot: SnapshotMeta | undefined;
  /** The emulator's WebAssembly when it need not be fetched. */
  readonly wasm?: () => Promise<Uint8Array<ArrayBuffer>>;
  readonly timers: Timers;
  readonly cache?: ChunkCache;
}

export function openSupplies(parts: SupplyParts): Supplies {
  const { manifest, timers } = parts;
  const listeners: ((done: number) => void)[] = [];
  let done = 0;
  const file = <T>(source: Source, path: string, sha: string, name: string, kinds: [MachineErrorKind, MachineErrorKind], mean: (bytes: Uint8Array<ArrayBuffer>) => T | Promise<T>, counted = true): Promise<T> => {
    let own = 0;
    return obtain(source, {
      path, name, missing: kinds[0], damaged: kinds[1],
      async check(bytes) {
        if (toHex(await sha256(bytes)) === sha) return mean(bytes);
        done -= own; // it is fetched again
        own = 0;
        throw new Error(`its hash is not ${sha}`);
      },
      onBytes(count) {
        if (!counted) return;
        own += count;
        done += count;
        for (const listener of listeners) listener(done);
      },
    }, timers);
  };
  const same = <T>(bytes: T): T => bytes;
  const meta = (): SnapshotMeta => {
    if (parts.snapshot) return parts.snapshot;
    throw new MachineError('snapshot-missing', 'There is no snapshot of the machine yet.', 'Build it: npm start does so.');
  };
  const firmware: [MachineErrorKind, MachineErrorKind] = ['index-missing', 'chunk-damaged'];
  const emulator = async (): Promise<Uint8Array<ArrayBuffer>> =>
    parts.wasm ? parts.wasm() : file(parts.snapshots, meta().engine.file, meta().engine.sha256, 'the emulator', ['snapshot-missing', 'snapshot-damaged'], inflate);
  const wasm = once(async () => WebAssembly.compile(await emulator()));
  return {
    wasm,
    bios: () => file(parts.image, manifest.bios.file, manifest.bios.sha256, "the machine's firmware", firmware, same),
    vgabios: () => file(parts.image, manifest.vgabios.file, manifest.vgabios.sha256, "the machine's video firmware", firmware, same),
    index: () => file(parts.image, manifest.disk.index, manifest.disk.sha256, "the disk's index", ['index-missing', 'index-malformed'], decodeDiskIndex),
    snapshot: async () => file(parts.snapshots, meta().file, meta().sha256, "the machine's snapshot", ['snapshot-missing', 'snapshot-damaged'], same),
    late: async () => file(parts.snapshots, meta().late.file, meta().late.sha256, "the rest of the machine's memory", ['chunk-missing', 'chunk-damaged'],
      async (bytes) => unpackLate(await new Zstd(wasm).decode(bytes, meta().late.length)), false),
    chunks: new ChunkStore(parts.image, timers, new Zstd(wasm), parts.cache),
    layout: manifest.layout,
    watch: (listener) => listeners.push(listener),
  };
}
