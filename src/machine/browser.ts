import { realTimers } from '../base/timers.ts';
import { MachineError } from './error.ts';
import { fetchSource } from './fetch-source.ts';
import type { Machine } from './machine.ts';
import type { ImageManifest, SnapshotMeta } from './manifest.ts';
import { Pc } from './pc.ts';
import { obtain } from './source.ts';
import type { Delivery } from './wire.ts';
import { noWorker, WorkerEngine } from './worker-engine.ts';

/** Where image and snapshot lie, relative to the page or absolute. */
export interface Places {
  /** The folder that holds image/ and snapshot/: the site's base path. */
  readonly base: string;
  /**
   * What image and snapshot consist of, where the page was built with it: then page and machine are of one version, also
   * while the course is being published anew. Fetched when absent.
   */
  readonly described?: { readonly manifest: ImageManifest; readonly snapshot: SnapshotMeta };
}

/** A machine in a Worker of this page. What it consists of is fetched with `start`. */
export async function openMachine({ base, described }: Places): Promise<Machine> {
  if (typeof Worker === 'undefined') throw noWorker();
  if (typeof WebAssembly === 'undefined')
    throw new MachineError('no-wasm', 'This browser has no WebAssembly, in which the machine runs.', 'Use a current browser; some privacy modes switch WebAssembly off.');
  const root = new URL(base.endsWith('/') ? base : `${base}/`, location.href);
  const image = new URL('image/', root).href;
  const snapshots = new URL('snapshot/', root).href;
  const [manifest, snapshot] = described ? [described.manifest, described.snapshot] : await Promise.all([
    description<ImageManifest>(image, 'manifest.json', "the image's description", 'index-missing', 'index-malformed'),
    description<SnapshotMeta>(snapshots, 'snapshot.json', "the snapshot's description", 'snapshot-missing', 'snapshot-damaged'),
  ]);
  const delivery: Delivery = { image, snapshots, manifest, snapshot };
  return new Pc({
    key: snapshot.key,
    screen: snapshot.console,
    timers: realTimers,
    open: (tell) => new WorkerEngine(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }), delivery, tell),
  });
}

function description<T extends { version: number }>(base: string, path: string, name: string, missing: 'index-missing' | 'snapshot-missing', damaged: 'index-malformed' | 'snapshot-damaged'): Promise<T> {
  return obtain(fetchSource(base), {
    path, name, missing, damaged,
    async check(bytes) {
      const found = JSON.parse(new TextDecoder().decode(bytes)) as T;
      if (found.version === 1) return found;
      throw new MachineError('snapshot-version', `The server has ${name} in version ${found.version}, this page knows version 1.`, 'Reload the page: the course has been published anew.');
    },
  }, realTimers);
}
