import type { Metadata } from "next";
import { organizationOf, type Props } from "@/app/(app)/organizations/[organizationSlug]/organization-of";
import { Hydrated, load } from "@/app/prefetch";
import { can } from "@/domain/permissions";
import { invitationListQuery, memberListQuery } from "@/features/members/member-queries";
import { MembersPage } from "@/features/members/members-page";

export const metadata: Metadata = { title: "Members" };

export default async function Page(props: Props) {
  const organization = await organizationOf(props);
  if (!organization) return null;
  const { id, role } = organization;
  await load(({ trpc, queryClient }) =>
    Promise.all([
      queryClient.fetchInfiniteQuery(memberListQuery(trpc, id)),
      can(role, "invitation.read") && queryClient.fetchInfiniteQuery(invitationListQuery(trpc, id)),
    ]),
  );
  return (
    <Hydrated>
      <MembersPage organizationId={id} />
    </Hydrated>
  );
}
