import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, deflateRaw, zstdCompress } from 'node:zlib';
import { MachineError } from './error.ts';
import type { Machine } from './machine.ts';
import type { SnapshotMeta } from './manifest.ts';
import { openCheckout, openMachine, ROOT, wasmPath, type Checkout } from './node.ts';
import { screenOf } from './screen.ts';
import { REST, SHED, WARM } from './shed.ts';
import { unpackSaved } from './saved.ts';
import { kernelRanges, splitSnapshot, type KernelRanges } from './split-snapshot.ts';

const BOOT = 600_000; // ms; a cold boot takes half a minute on a quiet machine

/** The checkout with its snapshot, which is built when it is missing or belongs to another image. */
export async function checkoutWithSnapshot(log: (line: string) => void): Promise<Checkout> {
  const checkout = await openCheckout();
  return checkout.snapshot ? checkout : { ...checkout, snapshot: await buildSnapshot(checkout, join(ROOT, 'public/snapshot'), log) };
}

/** Boots the machine from its firmware, freezes it at the idle prompt and writes what the pages need to `folder`. */
export async function buildSnapshot(checkout: Checkout, folder: string, log: (line: string) => void): Promise<SnapshotMeta> {
  const machine = openMachine({ ...checkout, snapshot: undefined });
  log('booting the machine, from its firmware');
  const { state: whole, screen, kernel } = await bootAndSave(machine, checkout.key).finally(() => machine.dispose());
  log(`finding out what of ${mib(whole.length)} a start needs`);
  const { state, late, pieces } = await splitSnapshot(checkout, whole, screen, kernel);
  log(`compressing ${mib(state.length)}, and ${mib(late.length)} for later`);
  const [packed, rest] = [await pack(state), await pack(late)];
  const engine = await promisify(deflateRaw)(await readFile(wasmPath()), { level: 9 });
  await mkdir(folder, { recursive: true });
  const meta: SnapshotMeta = {
    version: 1,
    key: checkout.key,
    // By its content, not the key: two builds of one key differ, and a page must never get the other's.
    ...(await write(folder, `${sha256(packed).slice(0, 32)}.zst`, packed)),
    late: { ...(await write(folder, `${sha256(rest).slice(0, 32)}.zst`, rest)), length: late.length },
    console: screen,
    engine: await write(folder, `v86-${sha256(engine).slice(0, 16)}.wasm.z`, engine),
  };
  await write(folder, 'snapshot.json', Buffer.from(`${JSON.stringify(meta, null, 2)}\n`));
  // Paths below `image/`: what is read of the disk. Of no use to a page, and so not in what each page carries.
  await writeFile(join(folder, 'pieces.json'), `${JSON.stringify(pieces, null, 2)}\n`);
  for (const name of await readdir(folder))
    if (![meta.file, meta.late.file, meta.engine.file, 'snapshot.json', 'pieces.json'].includes(name)) await rm(join(folder, name));
  log(`wrote ${mib(packed.length)}, and ${mib(rest.length)} for later`);
  return meta;
}

async function bootAndSave(machine: Machine, key: string): Promise<{ state: Uint8Array<ArrayBuffer>; screen: string; kernel: KernelRanges }> {
  await machine.start('cold', AbortSignal.timeout(BOOT));
  const booted = await machine.guest.run('systemctl is-system-running --wait || systemctl --failed --no-legend', { timeout: BOOT });
  if (booted.stdout.trim() !== 'running')
    throw new MachineError('refused', `The machine did not come up well: ${booted.stdout.trim()}.`, 'Repair the image, then build it again: npm run image.');
  await atPrompt(machine);
  const screen = screenOf(machine.console.transcript());
  const { guest } = machine;
  const kernel = await kernelRanges(guest);
  await guest.run(SHED, { timeout: BOOT });
  await guest.resize(81, 24); // as after a restore: the shell redraws its prompt, the clock is set
  machine.console.write('\r');
  await guest.setClock();
  await guest.run(WARM, { timeout: BOOT });
  await guest.resize(80, 24);
  await guest.run(REST, { timeout: BOOT });
  const saved = unpackSaved(await machine.save(), key);
  return { state: saved.state, screen, kernel };
}

/** Resolves when the console ends in root's prompt. */
function atPrompt(machine: Machine): Promise<void> {
  const there = (): boolean => /root@[^\n]*# $/.test(screenOf(machine.console.transcript()));
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const settle = (): void => { done.abort(); resolve(); };
    if (there()) return settle();
    machine.console.read(() => { if (there()) settle(); }, done.signal);
    machine.state.watch((state) => { if (state.kind === 'failed') reject(state.error); }, done.signal);
  });
}

async function write(folder: string, file: string, bytes: Uint8Array): Promise<{ file: string; bytes: number; sha256: string }> {
  await writeFile(join(folder, `${file}.part`), bytes);
  await rename(join(folder, `${file}.part`), join(folder, file));
  return { file, bytes: bytes.length, sha256: sha256(bytes) };
}

/** The highest level: 2 % smaller than the one below, and no slower to unpack. */
const pack = (bytes: Uint8Array): Promise<Buffer> => promisify(zstdCompress)(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 22 } });

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
