import { and, eq, sql } from "drizzle-orm";
import type { CreateInvitationInput } from "@/contracts/invitation";
import { AppError } from "@/domain/errors";
import { outranks, type Role } from "@/domain/permissions";
import type { OrganizationContext } from "@/server/context";
import { newId } from "@/server/db/new-id";
import { invitations, memberships, users } from "@/server/db/schema";
import { recordAudit } from "@/server/services/audit/record-audit";
import { newInvitationToken } from "./invitation-token";

const dayMs = 24 * 3_600_000;

/**
 * Returns the link to join with, which is shown this once. Throws forbidden for a role above `actorRole`,
 * already_member where the address is a member's.
 */
export async function createInvitation(
  context: OrganizationContext,
  actorRole: Role,
  { role, email, days }: CreateInvitationInput,
): Promise<{ id: string; url: string; expiresAt: Date }> {
  const { db, clock, config, actor, organizationId } = context;
  if (!outranks(actorRole, role)) throw new AppError("forbidden", { message: "Only an owner may invite an owner." });
  const { token, tokenHash } = newInvitationToken();
  const id = newId("invitation");
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + days * dayMs);
  const address = email === "" ? null : email;
  await db.transaction(async (tx) => {
    if (address !== null) {
      const [member] = await tx
        .select({ id: users.id })
        .from(users)
        .innerJoin(memberships, and(eq(memberships.userId, users.id), eq(memberships.organizationId, organizationId)))
        .where(sql`lower(${users.email}) = lower(${address})`);
      if (member) {
        const { message } = new AppError("already_member");
        throw new AppError("already_member", { details: { fields: { email: message } } });
      }
    }
    const invitedBy = actor.type === "user" ? actor.userId : null;
    await tx
      .insert(invitations)
      .values({ id, organizationId, role, email: address, tokenHash, invitedBy, createdAt, expiresAt });
    await recordAudit(tx, context, {
      action: "invitation.create",
      resourceType: "invitation",
      resourceId: id,
      detail: { role, email: address, days },
    });
  });
  return { id, url: `${config.web.publicUrl}/invitations/${token}`, expiresAt };
}
