import { and, eq, sql } from "drizzle-orm";
import type { ServiceContext } from "@/server/context";
import { memberships, projects } from "@/server/db/schema";
import { prepared } from "@/server/services/prepared";
import type { Asker, OrganizationAccess } from "./find-organization-access";

export type ProjectAccess = OrganizationAccess & { projectId: string };

const statement = prepared((db) =>
  db
    .select({ organizationId: projects.organizationId, role: memberships.role, projectId: projects.id })
    .from(projects)
    .innerJoin(
      memberships,
      and(eq(memberships.organizationId, projects.organizationId), eq(memberships.userId, sql.placeholder("userId"))),
    )
    .where(eq(projects.id, sql.placeholder("projectId")))
    .prepare("find_project_access"),
);

/** Null unless the project is there and the person belongs to its organization. */
export async function findProjectAccess(
  { db }: Pick<ServiceContext, "db">,
  asker: Pick<Asker, "userId">,
  projectId: string,
): Promise<ProjectAccess | null> {
  const [found] = await statement(db).execute({ userId: asker.userId, projectId });
  return found ?? null;
}
