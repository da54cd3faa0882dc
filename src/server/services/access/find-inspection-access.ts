import { and, eq } from "drizzle-orm";
import type { ServiceContext } from "@/server/context";
import { inspections, memberships, projects } from "@/server/db/schema";
import type { ProjectAccess } from "./find-project-access";

export type InspectionAccess = ProjectAccess & { inspectionId: string };

/** Null unless the inspection is there and the person belongs to its project's organization. */
export async function findInspectionAccess(
  { db }: Pick<ServiceContext, "db">,
  userId: string,
  inspectionId: string,
): Promise<InspectionAccess | null> {
  const [found] = await db
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
      and(eq(memberships.organizationId, projects.organizationId), eq(memberships.userId, userId)),
    )
    .where(eq(inspections.id, inspectionId));
  return found ?? null;
}
