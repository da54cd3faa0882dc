import { orAborted } from "./or-aborted";

/** Runs work of the same key one after the other: the second finds what the first has made. */
export class KeyedLock {
  readonly #tails = new Map<string, Promise<unknown>>();

  /** Rejects with the signal's reason as soon as it aborts, also while it waits or while the work takes no notice. */
  run<T>(key: string, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const attempt = () => {
      signal.throwIfAborted();
      return work();
    };
    const result = before.then(attempt, attempt);
    this.#tails.set(key, result);
    const forget = () => {
      if (this.#tails.get(key) === result) this.#tails.delete(key);
    };
    result.then(forget, forget);
    return orAborted(result, signal);
  }
}
