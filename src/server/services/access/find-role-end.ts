import { and, eq } from "drizzle-orm";
import { AppError } from "@/domain/errors";
import { can, type Permission } from "@/domain/permissions";
import { memberships } from "@/server/db/schema";
import type { FindEnd } from "@/server/services/session/guard-stream";

/** For streams of an organization: they end when the person leaves it, or their role allows them no more. */
export function findRoleEnd(organizationId: string, permission: Permission): FindEnd {
  return async ({ db }, { userId }) => {
    const [member] = await db
      .select({ role: memberships.role })
      .from(memberships)
      .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId)));
    if (!member) return new AppError("not_found");
    return can(member.role, permission) ? null : new AppError("forbidden");
  };
}
