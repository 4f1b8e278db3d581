import type { Scene } from '../../../src/lab/check.ts';
import { shellWord } from '../../../src/lab/shell.ts';
import { entered } from '../../../src/lab/step.ts';

/** The image that GRUB loads, and two shell functions: its archive, and its list of names. It is one lz4 stream, with no archive in front. */
export const IMAGE = `img=/boot/initrd.img-$(uname -r)
archive() { lz4cat "$img" 2>/dev/null; }
names() { archive | cpio -t --quiet 2>/dev/null; }`;

/** Seconds are few on this machine, and a probe unpacks the image more than once. */
export const PATIENCE = 90_000;

/** A path as the archive writes it: without the folder it was unpacked into, and without a slash in front. */
export function inImage({ entries }: Scene, text: string): string {
  const folder = entered(entries, 'folder').replace(/\/+$/, '');
  return (folder !== '' && text.startsWith(`${folder}/`) ? text.slice(folder.length) : text).replace(/^(\.?\/)+/, '');
}

/** A folder's path as a word of the shell; one that is not absolute becomes a path that does not exist. */
export const folderWord = (text: string): string => shellWord(/^\/[^\n]*$/.test(text) ? text : '/nonexistent');
