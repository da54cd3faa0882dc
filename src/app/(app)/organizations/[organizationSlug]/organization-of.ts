import { notFound } from "next/navigation";
import { load } from "@/app/prefetch";
import type { Organization } from "@/features/api/outputs";

export type Props = { params: Promise<{ organizationSlug: string }> };

/** The person's organization at this address; not found for any other. Null where it cannot be had now. */
export async function organizationOf({ params }: Props): Promise<Organization | null> {
  const { organizationSlug } = await params;
  const viewer = await load(({ trpc, queryClient }) => queryClient.fetchQuery(trpc.viewer.get.queryOptions()));
  if (!viewer) return null;
  return viewer.organizations.find(({ slug }) => slug === organizationSlug) ?? notFound();
}
