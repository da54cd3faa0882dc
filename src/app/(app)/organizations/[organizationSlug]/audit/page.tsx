import type { Metadata } from "next";
import { organizationOf, type Props } from "@/app/(app)/organizations/[organizationSlug]/organization-of";
import { Hydrated, load } from "@/app/prefetch";
import { auditAreas } from "@/domain/audit-actions";
import { AuditPage } from "@/features/audit/audit-page";
import { auditQuery } from "@/features/audit/audit-query";

export const metadata: Metadata = { title: "Audit trail" };

type Search = { searchParams: Promise<{ area?: string | string[] }> };

export default async function Page(props: Props & Search) {
  const organization = await organizationOf(props);
  if (!organization) return null;
  const asked = (await props.searchParams).area;
  const area = auditAreas.find((one) => one === asked) ?? null;
  await load(({ trpc, queryClient }) => queryClient.fetchInfiniteQuery(auditQuery(trpc, organization.id, { area })));
  return (
    <Hydrated>
      <AuditPage organizationId={organization.id} area={area} />
    </Hydrated>
  );
}
