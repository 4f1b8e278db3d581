/** Small choices of the reader (theme, widths) outlive a visit where the browser allows it, and are forgotten in silence where not. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`bootable:${key}`, value);
  } catch {
    // Full or forbidden storage costs the reader a preference, no work: not worth a sentence.
  }
}

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`bootable:${key}`);
  } catch {
    return null;
  }
}
