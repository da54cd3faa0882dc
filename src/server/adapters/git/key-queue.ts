/**
 * Runs tasks of one key one after the other, tasks of different keys side by side. A signal that aborts while the task
 * still waits ends the waiting; a task that has begun is left to see the signal itself.
 */
export function createKeyQueue(): <T>(key: string, task: () => Promise<T>, signal?: AbortSignal) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>();
  return <T>(key: string, task: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
    const { promise: left, reject: leave } = Promise.withResolvers<never>();
    const abort = () => leave(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    const result = (tails.get(key) ?? Promise.resolve()).then(() => {
      signal?.removeEventListener("abort", abort);
      signal?.throwIfAborted();
      return task();
    });
    const tail = result
      .catch(() => {})
      .then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
    tails.set(key, tail);
    return Promise.race([result, left]);
  };
}
