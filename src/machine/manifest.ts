/** What `public/image/manifest.json` says; hashes are SHA-256 in hexadecimal, sizes bytes. */
export interface ImageManifest {
  readonly version: 1;
  readonly recipe: string;
  /** As `uname -r` prints it. */
  readonly kernel: string;
  readonly disk: { readonly index: string; readonly sha256: string; readonly bytes: number; readonly chunks: number; readonly compressed: number };
  readonly bios: ImageFile;
  readonly vgabios: ImageFile;
  readonly packages: number;
}

export interface ImageFile {
  readonly file: string;
  readonly sha256: string;
}

/** What `public/snapshot/snapshot.json` says. */
export interface SnapshotMeta {
  readonly version: 1;
  /** Of image, emulator and options: a state fits no other. */
  readonly key: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The console's text at the moment of the snapshot, to be painted before the machine goes on. */
  readonly console: string;
  /** The emulator itself, deflated. `sha256` is of the transferred file. */
  readonly engine: { readonly file: string; readonly bytes: number; readonly sha256: string };
}
