import { and, eq } from "drizzle-orm";
import type { ChangeRoleInput } from "@/contracts/member";
import { AppError } from "@/domain/errors";
import { outranks, type Role } from "@/domain/permissions";
import type { OrganizationContext } from "@/server/context";
import { memberships } from "@/server/db/schema";
import { recordAudit } from "@/server/services/audit/record-audit";
import { tellSessions } from "@/server/services/session/tell-sessions";
import { lockMember } from "./lock-member";

/** `actorRole`: of who asks. Throws not_found, forbidden where either role is above theirs, last_owner. */
export async function changeRole(
  context: OrganizationContext,
  actorRole: Role,
  { userId, role }: ChangeRoleInput,
): Promise<{ userId: string; role: Role }> {
  const { db, organizationId } = context;
  await db.transaction(async (tx) => {
    const before = await lockMember(tx, { organizationId, userId });
    if (!outranks(actorRole, before.role) || !outranks(actorRole, role)) {
      throw new AppError("forbidden", {
        message: "Only an owner may name owners, or change what one may do.",
        fix: "Ask an owner of the organization.",
      });
    }
    if (before.role === role) return;
    if (before.role === "owner" && before.owners === 1) throw new AppError("last_owner");
    await tx
      .update(memberships)
      .set({ role })
      .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId)));
    await recordAudit(tx, context, {
      action: "member.update",
      resourceType: "member",
      resourceId: userId,
      detail: { from: before.role, to: role },
    });
    await tellSessions(tx, userId);
  });
  return { userId, role };
}
