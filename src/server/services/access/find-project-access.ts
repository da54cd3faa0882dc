import { and, eq } from "drizzle-orm";
import type { ServiceContext } from "@/server/context";
import { memberships, projects } from "@/server/db/schema";
import type { OrganizationAccess } from "./find-organization-access";

export type ProjectAccess = OrganizationAccess & { projectId: string };

/** Null unless the project is there and the person belongs to its organization. */
export async function findProjectAccess(
  { db }: Pick<ServiceContext, "db">,
  userId: string,
  projectId: string,
): Promise<ProjectAccess | null> {
  const [found] = await db
    .select({ organizationId: projects.organizationId, role: memberships.role, projectId: projects.id })
    .from(projects)
    .innerJoin(
      memberships,
      and(eq(memberships.organizationId, projects.organizationId), eq(memberships.userId, userId)),
    )
    .where(eq(projects.id, projectId));
  return found ?? null;
}
