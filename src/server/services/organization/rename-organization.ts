import { eq } from "drizzle-orm";
import type { RenameOrganizationInput } from "@/contracts/organization";
import type { OrganizationContext } from "@/server/context";
import { memberships, organizations } from "@/server/db/schema";
import { recordAudit } from "@/server/services/audit/record-audit";
import { tellSessions } from "@/server/services/session/tell-sessions";

/** Changes what people read. The slug stays, so no address breaks. */
export async function renameOrganization(
  context: OrganizationContext,
  { name }: RenameOrganizationInput,
): Promise<{ id: string }> {
  const { db, organizationId } = context;
  await db.transaction(async (tx) => {
    await tx.update(organizations).set({ name }).where(eq(organizations.id, organizationId));
    await recordAudit(tx, context, {
      action: "organization.rename",
      resourceType: "organization",
      resourceId: organizationId,
      detail: { name },
    });
    const people = await tx
      .select({ userId: memberships.userId })
      .from(memberships)
      .where(eq(memberships.organizationId, organizationId));
    for (const { userId } of people) await tellSessions(tx, userId);
  });
  return { id: organizationId };
}
