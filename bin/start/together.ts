/**
 * Runs steps side by side. The first that fails aborts the signal the others were given, and is thrown once all of
 * them have come to rest, so that nothing goes on behind the message.
 */
export async function together<T extends readonly unknown[]>(
  abort: AbortController,
  steps: { [K in keyof T]: Promise<T[K]> },
): Promise<T> {
  let first: { error: unknown } | null = null;
  await Promise.allSettled(
    steps.map((step) =>
      step.catch((error: unknown) => {
        first ??= { error };
        abort.abort();
      }),
    ),
  );
  if (first !== null) throw (first as { error: unknown }).error; // safe because the callback above is what assigns it
  return (await Promise.all(steps)) as unknown as T; // safe because none of them failed
}
