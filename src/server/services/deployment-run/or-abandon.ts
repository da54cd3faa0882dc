/**
 * What `work` gives. Once the signal aborts, the work has the grace to come to an end by itself; then nobody waits for it
 * any more, and the signal's reason is thrown: an Engine or a Git server that hangs must not keep anybody from going on.
 */
export async function orAbandon<T>(work: Promise<T>, signal: AbortSignal, graceMs: number): Promise<T> {
  const { promise: abandoned, reject } = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  const begin = () => {
    timer = setTimeout(() => reject(signal.reason), graceMs);
  };
  if (signal.aborted) begin();
  else signal.addEventListener("abort", begin, { once: true });
  // Whatever becomes of it later is nobody's affair.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, abandoned]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", begin);
  }
}
