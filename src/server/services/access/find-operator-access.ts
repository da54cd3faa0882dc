import { asc } from "drizzle-orm";
import type { ServiceContext } from "@/server/context";
import { organizations } from "@/server/db/schema";
import { type Asker, findOrganizationAccess, type OrganizationAccess } from "./find-organization-access";

/** The organization that operates the instance is the one that was there first; others are its guests. */
export async function findOperatorId({ db }: Pick<ServiceContext, "db">): Promise<string | null> {
  const [first] = await db
    .select({ id: organizations.id })
    .from(organizations)
    .orderBy(asc(organizations.createdAt), asc(organizations.id))
    .limit(1);
  return first?.id ?? null;
}

/** For what concerns the whole instance: null unless the person belongs to the organization that operates it. */
export async function findOperatorAccess(
  context: ServiceContext,
  asker: Asker,
  organizationId: string,
): Promise<OrganizationAccess | null> {
  const access = await findOrganizationAccess(context, asker, organizationId);
  return access && (await findOperatorId(context)) === organizationId ? access : null;
}
