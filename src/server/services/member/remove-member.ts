import { and, eq } from "drizzle-orm";
import { AppError } from "@/domain/errors";
import { outranks, type Role } from "@/domain/permissions";
import type { OrganizationContext } from "@/server/context";
import { memberships } from "@/server/db/schema";
import { recordAudit } from "@/server/services/audit/record-audit";
import { tellSessions } from "@/server/services/session/tell-sessions";
import { lockMember } from "./lock-member";

/**
 * Ends a membership: what the person has open of the organization ends with it, the account stays. Throws not_found,
 * forbidden for who stands above `actorRole`, last_owner.
 */
export async function removeMember(
  context: OrganizationContext,
  actorRole: Role,
  { userId }: { userId: string },
): Promise<{ userId: string }> {
  const { db, organizationId, actor } = context;
  await db.transaction(async (tx) => {
    const { role, owners } = await lockMember(tx, { organizationId, userId });
    if (!outranks(actorRole, role)) {
      throw new AppError("forbidden", { message: "Only an owner may remove an owner." });
    }
    if (role === "owner" && owners === 1) throw new AppError("last_owner");
    await tx
      .delete(memberships)
      .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId)));
    const leaves = actor.type === "user" && actor.userId === userId;
    await recordAudit(tx, context, {
      action: leaves ? "organization.leave" : "member.remove",
      resourceType: "member",
      resourceId: userId,
      detail: { role },
    });
    await tellSessions(tx, userId);
  });
  return { userId };
}
