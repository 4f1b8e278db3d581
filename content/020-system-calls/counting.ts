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
