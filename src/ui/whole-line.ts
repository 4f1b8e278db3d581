/** A terminal's rows, as far as reading them needs it. */
export interface Rows {
  getLine(row: number): { readonly isWrapped: boolean; translateToString(trimRight: boolean): string } | undefined;
}

/** The line that ends in `row`, with the rows above over which it was wrapped. */
export function wholeLine(rows: Rows, row: number): string {
  let text = rows.getLine(row)?.translateToString(true) ?? '';
  for (let at = row; rows.getLine(at)?.isWrapped; at--) text = (rows.getLine(at - 1)?.translateToString(false) ?? '') + text;
  return text;
}
