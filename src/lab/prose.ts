/** Words, and numbers of two digits or more (`1.35` is one): what makes a meaning a meaning. */
export const words = (text: string): string[] => text.match(/[\p{L}\p{N}](?:[\p{L}\p{N}'’_-]|\.(?=\p{N}))*[\p{L}\p{N}]|\p{L}/gu) ?? [];

/** `name: what about it`, parted at the first colon that a blank follows (parameters hold colons of their own). */
export function namedLine(line: string): { readonly name: string; readonly rest: string } | undefined {
  const match = /^(.*?\S)\s*:(?:\s+(.*))?$/.exec(line.trim());
  return match === null ? undefined : { name: match[1] ?? '', rest: (match[2] ?? '').trim() };
}

/** `a, b and c`. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
