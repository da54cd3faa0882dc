import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { readError } from "./read-error";

/**
 * One for the browser's lifetime, one for each request on the server. Subscriptions say what changed, so data stays
 * fresh for a while by itself; a window that comes back to the front asks again.
 */
export function createQueryClient(onError?: (error: unknown) => unknown): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error) => onError?.(error) }),
    mutationCache: new MutationCache({ onError: (error) => onError?.(error) }),
    defaultOptions: {
      // The platform may run on this machine or in a closed network: it answers also where the browser calls itself offline.
      mutations: { networkMode: "always" },
      queries: {
        networkMode: "always",
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && readError(error).retryable,
      },
      // The server hands dates over as objects, the wire as ISO strings: components see strings only.
      dehydrate: { serializeData: (data: unknown) => JSON.parse(JSON.stringify(data)) },
    },
  });
}
