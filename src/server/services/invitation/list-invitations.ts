import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Page } from "@/contracts/common";
import type { InvitationView, ListInvitationsInput } from "@/contracts/invitation";
import type { ServiceContext } from "@/server/context";
import { invitations, users } from "@/server/db/schema";
import { microsOf, pageStart, toPage } from "@/server/services/pages";

/** Those that can still be accepted, the newest first. Throws invalid_input for a foreign cursor. */
export async function listInvitations(
  { db, clock }: ServiceContext,
  input: ListInvitationsInput,
): Promise<Page<InvitationView>> {
  const { beforeAt, beforeId } = pageStart(input.cursor);
  const rows = await db
    .select({
      id: invitations.id,
      role: invitations.role,
      email: invitations.email,
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
      invitedBy: users.name,
      micros: microsOf(invitations.createdAt),
    })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .where(
      and(
        eq(invitations.organizationId, input.organizationId),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, clock.now()),
        sql`(${invitations.createdAt}, ${invitations.id}) < (${beforeAt}::timestamptz, ${beforeId})`,
      ),
    )
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(input.limit + 1);
  return toPage(rows, input.limit, ({ micros, ...view }) => view);
}
