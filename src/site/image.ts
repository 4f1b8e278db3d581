import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/**
 * The machine of this build, as JSON for the page: what the manifest of the image and the snapshot say about themselves.
 * It is written into the page when the site is built, so that page and machine can not be of two versions.
 */
export interface MachineData {
  readonly manifest: unknown;
  readonly snapshot: unknown;
}

export async function machineData(root = resolve('public')): Promise<MachineData> {
  const [manifest, snapshot] = await Promise.all([
    read(resolve(root, 'image/manifest.json'), '`npm run image` makes it, and it is part of the repository'),
    read(resolve(root, 'snapshot/snapshot.json'), '`npm start` and `npm run build` make it when it is missing'),
  ]);
  return { manifest, snapshot };
}

async function read(path: string, remedy: string): Promise<unknown> {
  const name = path.split('/').slice(-3).join('/');
  let text;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new Error(`The site needs ${name}, which can not be read: ${remedy}.`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${name} is no JSON: ${remedy}.`, { cause });
  }
}
