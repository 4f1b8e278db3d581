/** `020-syscalls/030-tiny-reads/page.mdx` → `syscalls/tiny-reads`: the folder without file name and numeric prefixes. */
export function idOf(path: string): string {
  return folders(path).map((folder) => folder.replace(/^\d+-/, '')).join('/');
}

/** `020-syscalls/030-tiny-reads/page.mdx` → `020-syscalls/030-tiny-reads`: sorts in the order of the course. */
export function orderOf(path: string): string {
  return folders(path).join('/');
}

function folders(path: string): string[] {
  return path.replace(/^(.*\/)?content\//, '').split('/').slice(0, -1);
}
