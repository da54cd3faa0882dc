/** Remembers what `work` resolved to, for each key and so long; a failure is forgotten at once. */
export function rememberFor<K, T>(durationMs: number, work: (key: K) => Promise<T>): (key: K) => Promise<T> {
  const known = new Map<K, { result: Promise<T>; untilMs: number }>();
  return (key) => {
    const entry = known.get(key);
    if (entry && performance.now() < entry.untilMs) return entry.result;
    const result = work(key);
    known.set(key, { result, untilMs: performance.now() + durationMs });
    result.catch(() => known.delete(key));
    return result;
  };
}
