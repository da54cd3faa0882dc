import { and, eq } from "drizzle-orm";
import type { Role } from "@/domain/permissions";
import type { ServiceContext } from "@/server/context";
import { memberships } from "@/server/db/schema";

/** A resource's organization and the actor's role there. */
export type OrganizationAccess = { organizationId: string; role: Role };

/** Null unless the organization is there and the person belongs to it. */
export async function findOrganizationAccess(
  { db }: Pick<ServiceContext, "db">,
  userId: string,
  organizationId: string,
): Promise<OrganizationAccess | null> {
  const [found] = await db
    .select({ organizationId: memberships.organizationId, role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId)));
  return found ?? null;
}
