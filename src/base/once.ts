/** `work`, done once: each later call gets the same promise. What has failed is done anew at the next call. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  const begin = (): Promise<T> => {
    const begun = work();
    // Before any caller hears of it: one that tries again at once begins anew, and nothing takes that away.
    begun.catch(() => { done = undefined; });
    return begun;
  };
  return () => (done ??= begin());
}
