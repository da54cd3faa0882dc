import { and, eq, sql } from "drizzle-orm";
import type { ServiceContext } from "@/server/context";
import { inspections, memberships, projects } from "@/server/db/schema";
import { prepared } from "@/server/services/prepared";
import type { Asker } from "./find-organization-access";
import type { ProjectAccess } from "./find-project-access";

export type InspectionAccess = ProjectAccess & { inspectionId: string };

const statement = prepared((db) =>
  db
    .select({
      organizationId: projects.organizationId,
      role: memberships.role,
      projectId: projects.id,
      inspectionId: inspections.id,
    })
    .from(inspections)
    .innerJoin(projects, eq(projects.id, inspections.projectId))
    .innerJoin(
      memberships,
      and(eq(memberships.organizationId, projects.organizationId), eq(memberships.userId, sql.placeholder("userId"))),
    )
    .where(eq(inspections.id, sql.placeholder("inspectionId")))
    .prepare("find_inspection_access"),
);

/** Null unless the inspection is there and the person belongs to its project's organization. */
export async function findInspectionAccess(
  { db }: Pick<ServiceContext, "db">,
  asker: Pick<Asker, "userId">,
  inspectionId: string,
): Promise<InspectionAccess | null> {
  const [found] = await statement(db).execute({ userId: asker.userId, inspectionId });
  return found ?? null;
}
