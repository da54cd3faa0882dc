import { Hydrated, peek } from "@/app/prefetch";
import { AppShell } from "@/features/shell/app-shell";
import { NotFound } from "@/features/shell/not-found";
import { Providers } from "@/features/shell/providers";

/** An address that no page has. Who is signed in keeps the header, to go on from. */
export default async function Page() {
  const viewer = await peek(async ({ trpc, queryClient }) => {
    await queryClient.prefetchQuery(trpc.platform.get.queryOptions());
    return queryClient.fetchQuery(trpc.viewer.get.queryOptions());
  });
  if (!viewer) {
    return (
      <main className="flex min-h-dvh items-center justify-center px-4">
        <NotFound />
      </main>
    );
  }
  return (
    <Providers viewer={viewer}>
      <Hydrated>
        <AppShell>
          <NotFound />
        </AppShell>
      </Hydrated>
    </Providers>
  );
}
