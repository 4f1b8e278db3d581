import { realTimers } from '../base/timers.ts';
import { MachineError } from './error.ts';
import type { Machine } from './machine.ts';
import type { ImageManifest, SnapshotMeta } from './manifest.ts';
import { Pc } from './pc.ts';
import type { Delivery } from './wire.ts';
import { noWorker, WorkerEngine } from './worker-engine.ts';

/** Where image and snapshot lie, relative to the page or absolute. */
export interface Places {
  /** The folder that holds image/ and snapshot/: the site's base path. */
  readonly base: string;
  /** What image and snapshot consist of, as the page was built with it: page and machine are then of one version. */
  readonly described: { readonly manifest: ImageManifest; readonly snapshot: SnapshotMeta };
}

/** A machine in a Worker of this page. What it consists of is fetched with `start`. */
export async function openMachine({ base, described }: Places): Promise<Machine> {
  if (typeof Worker === 'undefined') throw noWorker();
  if (typeof WebAssembly === 'undefined')
    throw new MachineError('no-wasm', 'This browser has no WebAssembly, in which the machine runs.', 'Use a current browser; some privacy modes switch WebAssembly off.');
  const root = new URL(base.endsWith('/') ? base : `${base}/`, location.href);
  const delivery: Delivery = { ...described, image: new URL('image/', root).href, snapshots: new URL('snapshot/', root).href };
  return new Pc({
    key: described.snapshot.key,
    screen: described.snapshot.console,
    timers: realTimers,
    open: (tell) => new WorkerEngine(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }), delivery, tell),
  });
}
