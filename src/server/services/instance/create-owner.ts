import { eq, sql } from "drizzle-orm";
import type { Secret } from "@/domain/secret";
import type { ServiceContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { newId } from "@/server/db/new-id";
import { instanceFacts, memberships, organizations, users } from "@/server/db/schema";
import { recordAudit } from "@/server/services/audit/record-audit";
import { hashPassword } from "@/server/services/user/password";

const factKey = "owner";
// Any number that no other advisory lock of ours uses.
const ownerLock = 7103321;

export type Owner = { userId: string; organizationId: string };

/**
 * Makes the first account of an instance, with an organization of its own. Asked again, it answers with the account
 * it made before and changes nothing: `created` says whether the password is the one given now.
 */
export async function createOwner(
  context: ServiceContext,
  input: { email: string; password: Secret; name?: string; organizationName?: string },
): Promise<Owner & { created: boolean }> {
  const passwordHash = await hashPassword(input.password);
  return context.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${ownerLock})`);
    const known = await findOwner(tx);
    if (known) return { ...known, created: false };
    const owner: Owner = { userId: newId("user"), organizationId: newId("organization") };
    const { userId, organizationId } = owner;
    const organizationName = input.organizationName ?? "My organization";
    await tx.insert(users).values({ id: userId, email: input.email, name: input.name ?? "Owner", passwordHash });
    await tx.insert(organizations).values({ id: organizationId, name: organizationName, slug: "main" });
    await tx.insert(memberships).values({ organizationId, userId, role: "owner" });
    await tx.insert(instanceFacts).values({ key: factKey, value: owner });
    await recordAudit(
      tx,
      { ...context, actor: { type: "system", reason: "first run" }, organizationId },
      { action: "organization.create", resourceType: "organization", resourceId: organizationId },
    );
    return { ...owner, created: true };
  });
}

async function findOwner(tx: Tx): Promise<Owner | null> {
  const [fact] = await tx.select().from(instanceFacts).where(eq(instanceFacts.key, factKey));
  return fact ? (fact.value as Owner) : null; // safe because createOwner alone writes this fact
}
