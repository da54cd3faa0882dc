import { and, eq } from "drizzle-orm";
import { AppError } from "@/domain/errors";
import type { Role } from "@/domain/permissions";
import type { Tx } from "@/server/db/client";
import { memberships, organizations } from "@/server/db/schema";

/**
 * The member's role, and how many owners there are. Until the transaction ends nobody else changes who belongs to the
 * organization: so two owners who leave at once do not both find the other. Throws not_found.
 */
export async function lockMember(
  tx: Tx,
  { organizationId, userId }: { organizationId: string; userId: string },
): Promise<{ role: Role; owners: number }> {
  await tx.select().from(organizations).where(eq(organizations.id, organizationId)).for("update");
  const [member] = await tx
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId)));
  if (!member) throw new AppError("not_found");
  const isOwner = and(eq(memberships.organizationId, organizationId), eq(memberships.role, "owner"));
  return { role: member.role, owners: await tx.$count(memberships, isOwner) };
}
