import { OfflineError } from './error.ts';

/** A file of the site as it is published. */
export interface SiteFile {
  /** Below the base path, as a reader asks for it: '' for the front page, `kernel/`, `_astro/x.js`. */
  readonly path: string;
  readonly bytes: number;
  /** The first 32 hexadecimal digits of its SHA-256. */
  readonly hash: string;
}

/** All that one version of the site consists of; published as `offline.json`. */
export interface SiteList {
  readonly version: 1;
  /** Hash of the rest: two builds have the same one when no file differs. */
  readonly id: string;
  /** Text, labs, pictures, and the code behind them. */
  readonly pages: readonly SiteFile[];
  /** Emulator, firmware, snapshot, the disk's index, and the chunks of it that a start reads. */
  readonly machine: readonly SiteFile[];
  /** The disk's other chunks: how many, how large in all, and the file that lists them. */
  readonly disk: { readonly list: SiteFile; readonly files: number; readonly bytes: number };
}

/** Below the base path. */
export const LIST = 'offline.json';

/** Reads `offline.json`. Throws OfflineError `no-list`: a host may answer with anything. */
export function readSiteList(text: string): SiteList {
  const list = parsed(text);
  if (isRecord(list) && list['version'] === 1 && isHash(list['id']) && isFiles(list['pages']) && isFiles(list['machine'])
    && isRecord(list['disk']) && isFile(list['disk']['list']) && isSize(list['disk']['files']) && isSize(list['disk']['bytes']))
    return list as unknown as SiteList;
  throw noList();
}

/** Reads the list of the disk's chunks. Throws OfflineError `no-list`. */
export function readFiles(text: string): readonly SiteFile[] {
  const files = parsed(text);
  if (isFiles(files)) return files;
  throw noList();
}

export const noList = (cause?: unknown): OfflineError =>
  new OfflineError('no-list', 'The site does not say what it consists of: its list of files is missing or unreadable.', 'Check that you are online and signed in to the network, then try again. A site of your own is built by npm run build.', { cause });

/** Bytes of all files. */
export const sizeOf = (files: readonly SiteFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw noList(cause);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isHash = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value);
const isSize = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
/** A path that stays below the base. */
const isPath = (value: unknown): boolean => typeof value === 'string' && !/^\/|^[a-z]+:|\\|(^|\/)\.\.(\/|$)|[?#]/i.test(value);
const isFile = (value: unknown): value is SiteFile => isRecord(value) && isPath(value['path']) && isSize(value['bytes']) && isHash(value['hash']);
const isFiles = (value: unknown): value is SiteFile[] => Array.isArray(value) && value.every(isFile);
