import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { realTimers, type Timers } from '../base/timers.ts';
import { MachineError } from './error.ts';
import { LocalEngine } from './local-engine.ts';
import type { Machine } from './machine.ts';
import type { ImageManifest, SnapshotMeta } from './manifest.ts';
import { OPTIONS } from './options.ts';
import { Pc } from './pc.ts';
import { REST, SHED, WARM } from './shed.ts';
import type { Source } from './source.ts';
import { SPLIT } from './split-snapshot.ts';
import { openSupplies } from './supplies.ts';

/*
 * The emulator makes a new WebAssembly module for every hot piece of the guest, thousands an hour. V8 would compile each a second
 * time, better, on other cores: a piece rarely lives long enough to earn that back, and where each core has a machine of its own
 * it is taken from them. Measured on two cores: a cold boot 22 s instead of 33, 25 CPU seconds instead of 69.
 */
for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);

export const ROOT = join(import.meta.dirname, '../..');

/** The machine of a checkout, as Node finds it: image and snapshot are files. */
export interface Checkout {
  readonly image: Source;
  readonly snapshots: Source;
  readonly manifest: ImageManifest;
  /** Undefined until it is built, or when the one on disk belongs to another image. */
  readonly snapshot: SnapshotMeta | undefined;
  /** Of image, emulator, options and the way the snapshot is made. */
  readonly key: string;
  readonly wasm: () => Promise<Uint8Array<ArrayBuffer>>;
}

export async function openCheckout(root = ROOT): Promise<Checkout> {
  const folder = join(root, 'public');
  const manifest = await maybeJson<ImageManifest>(join(folder, 'image/manifest.json'));
  if (!manifest) throw new MachineError('index-missing', 'There is no image in public/image.', 'Check the project out completely, or build the image: npm run image.');
  const found = await maybeJson<SnapshotMeta>(join(folder, 'snapshot/snapshot.json'));
  const key = await machineKey(manifest);
  return {
    image: folderSource(join(folder, 'image')),
    snapshots: folderSource(join(folder, 'snapshot')),
    manifest,
    snapshot: found?.version === 1 && found.key === key ? found : undefined,
    key,
    wasm: readWasm,
  };
}

/** A machine in this thread. `timers` are for fetching: a test lets the pauses between two attempts pass faster. */
export function openMachine(checkout: Checkout, timers: Timers = realTimers): Machine {
  const { key, snapshot } = checkout;
  return new Pc({
    key,
    timers: realTimers,
    screen: snapshot?.console ?? '',
    open: (tell) => new LocalEngine(openSupplies({ ...checkout, timers }), snapshot?.bytes ?? 0, tell),
  });
}

export function folderSource(folder: string): Source {
  return {
    async read(path, { signal, onBytes }) {
      const bytes = await maybeFile(join(folder, path), signal);
      if (bytes) onBytes(bytes.length);
      return bytes;
    },
  };
}

/** The emulator as npm installed it. */
export const wasmPath = (): string => join(dirname(createRequire(import.meta.url).resolve('v86')), 'v86.wasm');

async function readWasm(): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(wasmPath()));
}

async function machineKey({ disk, bios, vgabios }: ImageManifest): Promise<string> {
  const parts = [disk.sha256, bios.sha256, vgabios.sha256, createHash('sha256').update(await readWasm()).digest('hex'), JSON.stringify(OPTIONS), SHED, WARM, REST, SPLIT, 'named by its content'];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}

async function maybeFile(path: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await readFile(path, { ...(signal && { signal }) }));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function maybeJson<T>(path: string): Promise<T | undefined> {
  const bytes = await maybeFile(path);
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as T);
}
