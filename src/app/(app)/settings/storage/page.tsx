import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrated, load } from "@/app/prefetch";
import { StoragePage } from "@/features/storage/storage-page";
import { cleanupListQuery, strayListQuery } from "@/features/storage/storage-queries";

export const metadata: Metadata = { title: "Storage" };

export default async function Page() {
  const viewer = await load(({ trpc, queryClient }) => queryClient.fetchQuery(trpc.viewer.get.queryOptions()));
  const organizationId = viewer?.operatorId;
  if (!organizationId) notFound();
  await load(({ trpc, queryClient }) =>
    Promise.all([
      queryClient.fetchQuery(trpc.storage.get.queryOptions({ organizationId })),
      queryClient.fetchInfiniteQuery(cleanupListQuery(trpc, organizationId)),
      queryClient.fetchInfiniteQuery(strayListQuery(trpc, organizationId)),
    ]),
  );
  return (
    <Hydrated>
      <StoragePage organizationId={organizationId} />
    </Hydrated>
  );
}
