import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the proof leaves on a page. */
export interface Stamp {
  /** SHA-256 of the page's sources, in hexadecimal. */
  readonly sources: string;
  /** SHA-256 of the disk, as in the image's manifest. */
  readonly image: string;
  readonly kernel: string;
  /** The commit that was checked out, shortened; empty outside a repository. */
  readonly commit: string;
  /** Whether files differed from that commit. */
  readonly changed: boolean;
  /** `2026-11-24`, UTC. */
  readonly date: string;
  readonly commands: number;
  readonly checks: number;
  readonly attempts: number;
  /** The lab's solutions typed without thinking. */
  readonly seconds?: number;
}

/** By page id, `node/evidence`. */
export type Stamps = Readonly<Record<string, Stamp>>;

export type Standing = 'proven' | 'changed' | 'never';

const file = 'content/proof.json';

/** The stamps of a checkout; none where nothing was proven yet. Throws a sentence when the file is not ours. */
export function readStamps(root: string): Stamps {
  const path = join(root, file);
  if (!existsSync(path)) return {};
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (isStamps(value)) return value.pages;
  } catch (cause) {
    throw new Error(`${file} is not JSON. Take it back from git, or delete it and run npm run prove.`, { cause });
  }
  throw new Error(`${file} is not a record of proofs, version 1. Take it back from git, or delete it and run npm run prove.`);
}

export function writeStamps(root: string, stamps: Stamps): void {
  const pages = Object.fromEntries(Object.entries(stamps).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(join(root, file), `${JSON.stringify({ version: 1, pages }, null, 2)}\n`);
}

export function standing(stamp: Stamp | undefined, now: Pick<Stamp, 'sources' | 'image'>): Standing {
  if (stamp === undefined) return 'never';
  return stamp.sources === now.sources && stamp.image === now.image ? 'proven' : 'changed';
}

function isStamps(value: unknown): value is { version: 1; pages: Stamps } {
  if (typeof value !== 'object' || value === null || !('version' in value) || value.version !== 1) return false;
  if (!('pages' in value) || typeof value.pages !== 'object' || value.pages === null) return false;
  return Object.values(value.pages).every((stamp: unknown) =>
    typeof stamp === 'object' && stamp !== null && 'sources' in stamp && typeof stamp.sources === 'string' && 'image' in stamp && typeof stamp.image === 'string');
}
