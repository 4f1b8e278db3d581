/** The browser's storage, or undefined where even asking for it is forbidden. */
export function pageStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
