import type { Amounts } from '../offline/course.ts';
import type { SiteList } from '../offline/site-list.ts';
import { sizeOf } from '../offline/site-list.ts';
import type { Standing } from '../offline/store.ts';

/** What the panel knows. */
export interface OfflineFacts {
  /** What the server publishes, or, when it can not be asked, the version that is served from the storage. */
  readonly list: SiteList;
  readonly standing: Standing | undefined;
  /** Of `list`. */
  readonly stored: Amounts;
  /** What the reader would take. */
  readonly whole: boolean;
}

/** `none` nothing, `partial` not yet served, `damaged` served and incomplete, `outdated` published anew, `stored` as it should be. */
export type OfflineState = 'none' | 'partial' | 'damaged' | 'outdated' | 'stored';

export interface OfflineView {
  readonly state: OfflineState;
  readonly sentence: string;
  /** Of the button that fetches; undefined when there is nothing to fetch. */
  readonly take: string | undefined;
}

export const amountsOf = ({ pages, machine, disk }: SiteList): Amounts => ({ pages: sizeOf(pages), machine: sizeOf(machine), disk: disk.bytes });

/** Bytes of what is taken: all of it, or without the disk. */
export const sum = ({ pages, machine, disk }: Amounts, whole: boolean): number => pages + machine + (whole ? disk : 0);

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

export function offlineView({ list, standing, stored, whole }: OfflineFacts): OfflineView {
  const size = amountsOf(list);
  const missing = sum(size, whole) - sum(stored, whole);
  const fetchMissing = missing > 0 ? `Fetch the missing ${megabytes(missing)}` : undefined;
  if (standing && standing.served.id !== list.id)
    return { state: 'outdated', take: 'Fetch the update', sentence: `The course was published anew. What is stored works as before, until the ${megabytes(missing)} that differ are here too: they come by themselves when you open a page, or now.` };
  if (standing && sum(stored, standing.whole) < sum(size, standing.whole))
    return { state: 'damaged', take: fetchMissing, sentence: `${megabytes(sum(size, standing.whole) - sum(stored, standing.whole))} of what was stored is gone: the browser, or somebody, has removed it. Fetch it again while you are online; what you proved in the labs is kept apart and is not touched.` };
  if (standing)
    return { state: 'stored', take: whole && !standing.whole ? fetchMissing ?? 'Take the whole disk' : undefined, sentence: standing.whole
      ? 'All of it is stored. Without a network the site opens from this browser, and every lab works.'
      : 'Text and machine are stored. Without a network the site opens from this browser and the machine starts; a command that reads a piece of the disk for the first time needs the network.' };
  if (stored.pages + stored.machine > 0)
    return { state: 'partial', take: fetchMissing ?? 'Finish', sentence: `${megabytes(sum(stored, whole))} of ${megabytes(sum(size, whole))} are stored. Nothing is served from here until all of it is; what is stored is not fetched again.` };
  return { state: 'none', take: `Take this course offline (${megabytes(missing)})`, sentence: stored.disk > 0
    ? `Nothing is stored yet but ${megabytes(stored.disk)} of the disk, which the machine has read here before.`
    : 'Nothing is stored yet.' };
}
