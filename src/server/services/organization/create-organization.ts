import type { CreateOrganizationInput } from "@/contracts/organization";
import { slugify } from "@/domain/naming";
import type { UserContext } from "@/server/context";
import { newId } from "@/server/db/new-id";
import { memberships, organizations } from "@/server/db/schema";
import { recordAudit } from "@/server/services/audit/record-audit";
import { tellSessions } from "@/server/services/session/tell-sessions";

/** Makes an organization that the person owns. Strangers may use the same name: the address gets a number then. */
export async function createOrganization(
  context: UserContext,
  { name }: CreateOrganizationInput,
): Promise<{ id: string; slug: string }> {
  const { db, clock, actor } = context;
  const id = newId("organization");
  const createdAt = clock.now();
  return db.transaction(async (tx) => {
    const slug = await insert();
    await tx.insert(memberships).values({ organizationId: id, userId: actor.userId, role: "owner", createdAt });
    await recordAudit(
      tx,
      { ...context, organizationId: id },
      { action: "organization.create", resourceType: "organization", resourceId: id, detail: { name } },
    );
    await tellSessions(tx, actor.userId);
    return { id, slug };

    async function insert(): Promise<string> {
      const wanted = slugify(name, "organization");
      for (let number = 1; ; number += 1) {
        const slug = number === 1 ? wanted : `${wanted}-${number}`;
        const rows = await tx
          .insert(organizations)
          .values({ id, name, slug, createdAt })
          .onConflictDoNothing({ target: organizations.slug })
          .returning({ slug: organizations.slug });
        if (rows.length > 0) return slug;
      }
    }
  });
}
