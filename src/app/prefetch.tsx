import { dehydrate, HydrationBoundary, type QueryClient } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache, type ReactNode } from "react";
import { createQueryClient } from "@/features/api/query-client";
import type { useTRPC } from "@/features/api/trpc";
import { signInPath } from "@/features/session/sign-in-path";
import { createContext } from "@/server/api/create-context";
import { toAppError } from "@/server/api/errors";
import { appRouter } from "@/server/api/root";
import { HydrationGate } from "@/ui/hydration-gate";
import { pathHeader } from "./request-headers";

export type Api = { trpc: ReturnType<typeof useTRPC>; queryClient: QueryClient };

/** The API within this request: layouts, pages and titles that want the same thing ask for it once. */
const requestApi = cache(async (): Promise<Api> => {
  const queryClient = createQueryClient();
  const context = createContext(new Headers(await headers()));
  return { queryClient, trpc: createTRPCOptionsProxy({ router: appRouter, ctx: context, queryClient }) };
});

/**
 * Loads on the server what the first paint shows. Who is not signed in is led to the sign-in page, what is not there
 * ends in the not-found page; after any other failure the browser asks again and shows the error where it belongs.
 */
export async function load<Result>(wanted: (api: Api) => Promise<Result>): Promise<Result | null> {
  try {
    return await wanted(await requestApi());
  } catch (error) {
    const { code } = toAppError(error);
    if (code === "unauthenticated") redirect(signInPath((await headers()).get(pathHeader) ?? "/"));
    if (code === "not_found" || code === "invalid_input") notFound();
    return null;
  }
}

/** The same for titles, which never decide what is shown: null where it cannot be had. */
export async function peek<Result>(wanted: (api: Api) => Promise<Result>): Promise<Result | null> {
  return wanted(await requestApi()).catch(() => null);
}

/** Hands what was loaded to the components below. The frame around a page may come alive before the page does: hence the gate. */
export async function Hydrated({ children }: { children: ReactNode }) {
  const { queryClient } = await requestApi();
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <HydrationGate>{children}</HydrationGate>
    </HydrationBoundary>
  );
}
