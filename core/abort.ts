/** Waiting that can be given up. */

/**
 * What the promise answers, or rejects with the signal's reason as soon as it aborts. What the promise
 * does later is ignored.
 */
export function untilAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abandon = (): void => {
      reject(signal.reason);
    };
    if (signal.aborted) abandon();
    else signal.addEventListener('abort', abandon, { once: true });
    promise
      .finally(() => {
        signal.removeEventListener('abort', abandon);
      })
      .then(resolve, reject);
  });
}

/** Calls back when the signal aborts, at once if it has; the answer stops it. */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
  if (signal === undefined) return () => undefined;
  if (signal.aborted) {
    callback();
    return () => undefined;
  }
  signal.addEventListener('abort', callback, { once: true });
  return () => {
    signal.removeEventListener('abort', callback);
  };
}
