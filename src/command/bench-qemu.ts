import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createHash } from 'node:crypto';
import { open, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { zstdDecompressSync } from 'node:zlib';
import { BLOCK, chunkPath, decodeDiskIndex } from '../machine/disk-index.ts';
import type { Checkout } from '../machine/node.ts';
import { FORK_EXEC, FORKS, STRACE_LS } from './bench-work.ts';

export interface QemuFigures {
  readonly cold: { ms: number };
  readonly forkExec: { ms: number };
  readonly straceLs: { ms: number };
}

const PROGRAM = 'qemu-system-i386';
const PROMPT = 'root@node-1:~# ';

/** The same disk in QEMU without hardware help (TCG), driven over its serial console; null where QEMU is not installed. */
export async function benchQemu(checkout: Checkout): Promise<QemuFigures | null> {
  if (!(await installed(PROGRAM))) return null;
  const folder = await mkdtemp(join(tmpdir(), 'bootable-'));
  try {
    const disk = join(folder, 'disk.img');
    await writeDisk(checkout, disk);
    const start = performance.now();
    const qemu = spawn(PROGRAM, ['-accel', 'tcg', '-cpu', 'pentium3,+sse2', '-m', '256', '-drive', `file=${disk},format=raw,if=ide`,
      '-display', 'none', '-monitor', 'none', '-net', 'none', '-serial', 'stdio', '-serial', 'null']);
    try {
      const console = new Screen(qemu);
      await console.until('executed automatically');
      qemu.stdin.write('\r');
      await console.until(PROMPT);
      const ms = Math.round(performance.now() - start);
      await console.type('systemctl is-system-running --wait; stty -echo');
      return {
        cold: { ms },
        forkExec: { ms: Math.round(await console.measure(FORK_EXEC('/bin/true')) / FORKS * 100) / 100 },
        straceLs: { ms: Math.round(await console.measure(STRACE_LS)) },
      };
    } finally {
      qemu.kill('SIGKILL');
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The console as text, with somebody waiting for a part of it. */
class Screen {
  readonly #qemu: ChildProcessWithoutNullStreams;
  #text = '';
  #look: () => void = () => {};
  #gone = false;

  constructor(qemu: ChildProcessWithoutNullStreams) {
    this.#qemu = qemu;
    qemu.stdout.on('data', (data: Buffer) => { this.#text += data; this.#look(); });
    qemu.on('close', () => { this.#gone = true; this.#look(); });
  }

  /** Resolves when the text since the last wait holds `text`, and drops all up to its end. */
  until(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#look = () => {
        const at = this.#text.indexOf(text);
        if (at >= 0) {
          this.#text = this.#text.slice(at + text.length);
          resolve();
        } else if (this.#gone) reject(new Error(`QEMU ended while "${text}" was awaited.`));
      };
      this.#look();
    });
  }

  async type(line: string): Promise<void> {
    this.#qemu.stdin.write(`${line}\r`);
    await this.until(PROMPT);
  }

  /** Milliseconds of the second of two runs: the first reads the disk. */
  async measure(line: string): Promise<number> {
    const shell = `sh -c '${line}'`;
    await this.type(shell);
    const start = performance.now();
    await this.type(shell);
    return performance.now() - start;
  }
}

async function writeDisk({ manifest, image }: Checkout, path: string): Promise<void> {
  const read = async (name: string): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = await image.read(name, { signal: AbortSignal.timeout(60_000), fresh: false, onBytes: () => undefined });
    if (!bytes) throw new Error(`public/image/${name} is missing: check the project out completely.`);
    return bytes;
  };
  const index = await read(manifest.disk.index);
  if (createHash('sha256').update(index).digest('hex') !== manifest.disk.sha256) throw new Error('public/image has an index that its manifest does not know.');
  const file = await open(path, 'w');
  try {
    let at = 0;
    for (const { hash, blocks } of decodeDiskIndex(index).chunks) {
      if (hash) await file.write(zstdDecompressSync(await read(chunkPath(hash))), 0, null, at);
      at += blocks * BLOCK;
    }
    await file.truncate(at);
  } finally {
    await file.close();
  }
}

/** Is the program there to be run? */
function installed(program: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, ['--version'], { stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}
