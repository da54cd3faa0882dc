import type { ReactNode } from "react";
import { load } from "@/app/prefetch";
import { AppShell } from "@/features/shell/app-shell";
import { PageUnavailable } from "@/features/shell/page-unavailable";
import { Providers } from "@/features/shell/providers";

export default async function Layout({ children }: { children: ReactNode }) {
  const viewer = await load(({ trpc, queryClient }) => queryClient.fetchQuery(trpc.viewer.get.queryOptions()));
  if (!viewer) return <PageUnavailable />;
  return (
    <Providers viewer={viewer}>
      <AppShell>{children}</AppShell>
    </Providers>
  );
}
