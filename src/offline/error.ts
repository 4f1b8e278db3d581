export type OfflineErrorKind = 'no-list' | 'network' | 'changed' | 'full' | 'forbidden' | 'busy';

/** Why the course could not be taken offline: what happened, and what to do about it. What was stored before is still stored. */
export class OfflineError extends Error {
  readonly kind: OfflineErrorKind;
  /** One sentence: what the reader can do now. */
  readonly remedy: string;

  constructor(kind: OfflineErrorKind, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OfflineError';
    this.kind = kind;
    this.remedy = remedy;
  }
}

/** What the browser's storage throws, as an error with a remedy. */
export function storageError(cause: unknown): OfflineError {
  if (cause instanceof OfflineError) return cause;
  return cause instanceof Error && cause.name === 'QuotaExceededError'
    ? new OfflineError('full', 'This browser has no room left for the course: what was fetched so far is stored and works as before.', 'Free some disk, or take text and machine only; then go on.', { cause })
    : new OfflineError('forbidden', 'This browser does not let the page store files.', 'Leave private browsing, or allow this site to store data; then reload the page.', { cause });
}
