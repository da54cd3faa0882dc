import { and, eq, isNull } from "drizzle-orm";
import type { RevokeInvitationInput } from "@/contracts/invitation";
import { AppError } from "@/domain/errors";
import type { OrganizationContext } from "@/server/context";
import { invitations } from "@/server/db/schema";
import { recordAudit } from "@/server/services/audit/record-audit";

/** Its link opens nothing any more. Throws not_found for another organization's, or one that was accepted or revoked. */
export async function revokeInvitation(
  context: OrganizationContext,
  { invitationId }: RevokeInvitationInput,
): Promise<{ id: string }> {
  const { db, clock, organizationId } = context;
  await db.transaction(async (tx) => {
    const revoked = await tx
      .update(invitations)
      .set({ revokedAt: clock.now() })
      .where(
        and(
          eq(invitations.id, invitationId),
          eq(invitations.organizationId, organizationId),
          isNull(invitations.acceptedAt),
          isNull(invitations.revokedAt),
        ),
      )
      .returning({ id: invitations.id });
    if (revoked.length === 0) throw new AppError("not_found");
    await recordAudit(tx, context, {
      action: "invitation.revoke",
      resourceType: "invitation",
      resourceId: invitationId,
    });
  });
  return { id: invitationId };
}
