import './no-nested-worker.ts';
import { realTimers } from '../base/timers.ts';
import { cacheStorage } from './cache-storage.ts';
import type { Engine } from './engine.ts';
import { fetchSource } from './fetch-source.ts';
import { LocalEngine } from './local-engine.ts';
import { openSupplies } from './supplies.ts';
import { plain, type Delivery, type FromWorker, type ToWorker } from './wire.ts';

/** The Worker that holds the emulator: an Engine behind messages. */
const page = globalThis as unknown as DedicatedWorkerGlobalScope;
let engine: Engine | undefined;

const tell = (message: FromWorker, transfer: Transferable[] = []): void => page.postMessage(message, transfer);

page.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if ('open' in data) engine = open(data.open);
  else void answer(data);
};

// v86 starts up in promises of its own; what fails there reaches nobody else
page.addEventListener('unhandledrejection', ({ reason }) => tell({ failed: plain(reason) }));

async function answer({ id, method, args }: Extract<ToWorker, { id: number }>): Promise<void> {
  try {
    const call = engine?.[method] as ((...args: readonly unknown[]) => unknown) | undefined;
    const result = await call?.apply(engine, [...args]);
    tell({ id, result }, result instanceof Uint8Array ? [result.buffer as ArrayBuffer] : []);
  } catch (error) {
    tell({ id, error: plain(error) });
  }
}

function open({ image, snapshots, manifest, snapshot }: Delivery): Engine {
  const supplies = openSupplies({
    image: fetchSource(image), snapshots: fetchSource(snapshots), manifest, snapshot, timers: realTimers, cache: cacheStorage(),
  });
  return new LocalEngine(supplies, snapshot.bytes + snapshot.engine.bytes, (event) => {
    if (event.kind === 'failed') tell({ failed: plain(event.error) });
    else tell({ event }, event.kind === 'output' ? [event.bytes.buffer] : []);
  });
}
