import { and, eq } from "drizzle-orm";
import type { ServiceContext } from "@/server/context";
import { memberships, projects, services } from "@/server/db/schema";
import type { ProjectAccess } from "./find-project-access";

export type ServiceAccess = ProjectAccess & { serviceId: string };

/** Null unless the service is there and the person belongs to its organization. */
export async function findServiceAccess(
  { db }: Pick<ServiceContext, "db">,
  userId: string,
  serviceId: string,
): Promise<ServiceAccess | null> {
  const [found] = await db
    .select({
      organizationId: projects.organizationId,
      role: memberships.role,
      projectId: projects.id,
      serviceId: services.id,
    })
    .from(services)
    .innerJoin(projects, eq(projects.id, services.projectId))
    .innerJoin(
      memberships,
      and(eq(memberships.organizationId, projects.organizationId), eq(memberships.userId, userId)),
    )
    .where(eq(services.id, serviceId));
  return found ?? null;
}
