import { and, eq, gt, isNull } from "drizzle-orm";
import { AppError } from "@/domain/errors";
import type { Role } from "@/domain/permissions";
import type { UserContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { invitations, memberships, organizations } from "@/server/db/schema";
import { recordAudit } from "@/server/services/audit/record-audit";
import { tellSessions } from "@/server/services/session/tell-sessions";
import { hashToken } from "./invitation-token";

export type Joined = { organizationId: string; slug: string; role: Role };

/**
 * Makes the actor, whose address is `email`, a member by a link, which is spent then: of two at once one wins. Throws
 * invitation_over, invitation_for_another, already_member; the link is not spent then.
 */
export async function spendInvitation(
  tx: Tx,
  context: UserContext,
  { token, email }: { token: string; email: string },
): Promise<Joined> {
  const { actor, clock } = context;
  const { userId } = actor;
  const now = clock.now();
  const [invitation] = await tx
    .update(invitations)
    .set({ acceptedAt: now, acceptedBy: userId })
    .where(
      and(
        eq(invitations.tokenHash, hashToken(token)),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, now),
      ),
    )
    .returning();
  if (!invitation) throw new AppError("invitation_over");
  if (invitation.email !== null && invitation.email.toLowerCase() !== email.toLowerCase()) {
    throw new AppError("invitation_for_another", { message: `This invitation is for ${invitation.email}.` });
  }
  const { id, organizationId, role } = invitation;
  const [organization] = await tx
    .select({ slug: organizations.slug })
    .from(organizations)
    .where(eq(organizations.id, organizationId))
    .for("update");
  if (!organization) throw new AppError("invitation_over");
  const joined = await tx
    .insert(memberships)
    .values({ organizationId, userId, role, createdAt: now })
    .onConflictDoNothing()
    .returning({ userId: memberships.userId });
  if (joined.length === 0) {
    throw new AppError("already_member", {
      message: "You belong to this organization already.",
      fix: "Somebody else can use the invitation.",
    });
  }
  await recordAudit(
    tx,
    { ...context, organizationId },
    { action: "invitation.accept", resourceType: "invitation", resourceId: id, detail: { role } },
  );
  await tellSessions(tx, userId);
  return { organizationId, slug: organization.slug, role };
}
