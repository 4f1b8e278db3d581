/** What `strace -c` prints. Source: strace(1), -c; the `errors` column is blank where there were none. */
export interface StraceTable {
  /** Calls by system call name. */
  readonly calls: ReadonlyMap<string, number>;
  /** The calls column of the last line, as printed. */
  readonly total: number;
  /** The sum of the rows: differs from `total` only in a table that was edited. */
  readonly sum: number;
}

const row = /^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)(?:\s+\d+)?\s+(\w+)\s*$/;

/** Undefined when the text holds no complete table. A text with several tables gives the last one. */
export function parseStraceTable(text: string): StraceTable | undefined {
  let calls = new Map<string, number>();
  let table: StraceTable | undefined;
  for (const line of text.split('\n')) {
    const match = row.exec(line);
    if (match === null) continue;
    const [, count = '', name = ''] = match;
    if (name !== 'total') {
      calls.set(name, Number(count));
      continue;
    }
    table = { calls, total: Number(count), sum: [...calls.values()].reduce((a, b) => a + b, 0) };
    calls = new Map();
  }
  return table;
}
