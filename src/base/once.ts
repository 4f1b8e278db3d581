/** `work`, done once: each later call gets the same promise. What has failed is done anew at the next call. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => {
    done ??= work();
    done.catch(() => { done = undefined; });
    return done;
  };
}
