"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { signInPath } from "@/features/session/sign-in-path";
import { createApiClient } from "./client";
import { createQueryClient } from "./query-client";
import { readError } from "./read-error";
import { TRPCProvider } from "./trpc";

export function ApiProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(() => createQueryClient(leaveWhenSignedOut));
  const [apiClient] = useState(createApiClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={apiClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

/** A session that was revoked elsewhere ends here with the next request: a full load, so that nothing of it stays. */
function leaveWhenSignedOut(error: unknown): void {
  if (readError(error).code !== "unauthenticated") return;
  window.location.assign(signInPath(window.location.pathname + window.location.search));
}
