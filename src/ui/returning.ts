/** Where src/progress keeps what the reader did; a test holds the two together. The code of that room comes when it is needed. */
export const KEPT = 'bootable-progress';

/** Whether there is progress to show, or no telling: then the code that can tell has to be fetched. */
export function returning(): boolean {
  try {
    return localStorage.getItem(KEPT) !== null;
  } catch {
    return true;
  }
}
