import type { ReactNode } from "react";
import { Hydrated, load } from "@/app/prefetch";
import { AppShell } from "@/features/shell/app-shell";
import { PageUnavailable } from "@/features/shell/page-unavailable";
import { Providers } from "@/features/shell/providers";

export default async function Layout({ children }: { children: ReactNode }) {
  const viewer = await load(async ({ trpc, queryClient }) => {
    const platform = queryClient.prefetchQuery(trpc.platform.get.queryOptions());
    const found = await queryClient.fetchQuery(trpc.viewer.get.queryOptions());
    await platform;
    return found;
  });
  if (!viewer) return <PageUnavailable />;
  return (
    <Providers viewer={viewer}>
      <Hydrated>
        <AppShell>{children}</AppShell>
      </Hydrated>
    </Providers>
  );
}
