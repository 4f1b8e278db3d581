/**
 * A shell piece that counts a command as the reader's shell would: with the environment of the bash that has been on
 * ttyS0 longest, since a locale alone costs some dozen calls. Prints strace's table.
 */
export const count = (command: string): string =>
  `shell=$(ps -t ttyS0 -o pid=,comm= --sort=start_time | awk '$2 == "bash" {print $1; exit}')
env -i $(tr '\\0' '\\n' <"/proc/\${shell:-self}/environ" | grep -E '^(LANG|LC_[A-Z]*|PATH|HOME|TERM)=') strace -c ${command} 2>&1 >/dev/null`;

/** The number in a field: undefined where there is none, or more than a number. */
export function whole(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** The number of calls in the last row of a table that strace has saved, for a solution's entry. */
export const totalIn = (file: string): { readonly run: string } => ({ run: `awk '$NF == "total" {print $4}' ${file}` });

/** Seconds as bash's `time` or a hand writes them: 0m1.234s, 1.234s, 1.234, 1,234. */
export function seconds(text: string): number | undefined {
  const match = /^(?:(\d+)m)?(\d+(?:[.,]\d+)?)\s*s?$/.exec(text);
  return match === null ? undefined : Number(match[1] ?? 0) * 60 + Number((match[2] ?? '').replace(',', '.'));
}
