import type { ImageManifest, SnapshotMeta } from '../machine/manifest.ts';

/** What a page knows of its machine: written into it when the site is built, so that the two are of one version. */
export interface MachineData {
  readonly manifest: ImageManifest;
  readonly snapshot: SnapshotMeta;
  /** Where `image/` and `snapshot/` are served, with a slash at the end. */
  readonly base: string;
}

/** Megabytes that the first boot fetches at least, some of them after the prompt; what the reader's commands touch comes on top. */
export function firstBoot({ snapshot }: MachineData): string {
  return `${((snapshot.bytes + snapshot.engine.bytes + snapshot.late.bytes) / 1e6).toFixed(1)} MB`;
}
