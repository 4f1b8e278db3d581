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
  readonly layout: KernelLayout;
}

/** Where things lie in the kernel of the image: what its build's System.map and debug information say. */
export interface KernelLayout {
  /** Addresses as linked, in hexadecimal: KASLR moves all of them by the same number of bytes. */
  readonly symbols: Readonly<Record<'_text' | 'entry_SYSENTER_32' | 'init_task' | 'pcpu_hot', string>>;
  /** Offsets of fields in `struct task_struct`, in bytes. */
  readonly task: Readonly<Record<'comm' | 'mm' | 'pid' | 'tgid', number>>;
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
  /** What the snapshot leaves out, to be fetched after it: see late-pages.ts. `length` is that of the unpacked content. */
  readonly late: { readonly file: string; readonly bytes: number; readonly sha256: string; readonly length: number };
  /** The console's text at the moment of the snapshot, to be painted before the machine goes on. */
  readonly console: string;
  /** The emulator itself, deflated. `sha256` is of the transferred file. */
  readonly engine: { readonly file: string; readonly bytes: number; readonly sha256: string };
}
