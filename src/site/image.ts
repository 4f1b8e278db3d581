import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { MachineData } from '../ui/machine-data.ts';
import { link } from './link.ts';

/** The machine of this build, from the files that `npm run image` and the snapshot's build left in public/. */
export async function machineData(root = resolve('public'), base = link('/')): Promise<MachineData> {
  const [manifest, snapshot] = await Promise.all([
    read<MachineData['manifest']>(root, 'image/manifest.json', '`npm run image` makes it, and it is part of the repository'),
    read<MachineData['snapshot']>(root, 'snapshot/snapshot.json', '`npm start` and `npm run build` make it when it is missing'),
  ]);
  return { manifest, snapshot, base };
}

/** A product of ours, so it is not looked through field by field; but it may be missing, or of another version. */
async function read<T extends { readonly version: 1 }>(root: string, name: string, remedy: string): Promise<T> {
  const value: unknown = await readFile(resolve(root, name), 'utf8').then(JSON.parse).catch((cause: unknown) => {
    throw new Error(`The site needs public/${name}, which can not be read: ${remedy}.`, { cause });
  });
  if (typeof value !== 'object' || value === null || !('version' in value) || value.version !== 1)
    throw new Error(`public/${name} is not of version 1, which this site was written for: ${remedy}.`);
  return value as T;
}
