/** What a run takes on: folders or ids that a page's id or file begins with, and one of n equal shares. */
export interface Pick {
  readonly folders: readonly string[];
  readonly shard?: { readonly index: number; readonly of: number };
}

/** Reads `--shard 2/5`; throws a sentence when it is none. */
export function parseShard(text: string): { index: number; of: number } {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (!(shard.index >= 1 && shard.index <= shard.of)) throw new Error(`--shard takes a share such as 2/5, from 1/n to n/n, and was given "${text}".`);
  return shard;
}

/** The pages of this run. Throws a sentence when a folder names none, since a misspelt name must not prove nothing. */
export function pickPages<T extends { readonly id: string; readonly file: string }>(pages: readonly T[], { folders, shard }: Pick): T[] {
  const names = (folder: string, { id, file }: T): boolean => {
    const bare = folder.replace(/\/+$/, '');
    return id === bare || id.startsWith(`${bare}/`) || file === bare || file.startsWith(`${bare}/`);
  };
  for (const folder of folders) {
    if (!pages.some((page) => names(folder, page))) throw new Error(`No page is named by "${folder}". There are: ${pages.map(({ id }) => id).join(', ')}.`);
  }
  const named = folders.length === 0 ? [...pages] : pages.filter((page) => folders.some((folder) => names(folder, page)));
  return shard === undefined ? named : named.filter((_page, index) => index % shard.of === shard.index - 1);
}
