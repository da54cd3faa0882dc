import { and, eq, sql } from "drizzle-orm";
import type { ServiceContext } from "@/server/context";
import { memberships, projects, services } from "@/server/db/schema";
import { prepared } from "@/server/services/prepared";
import type { Asker } from "./find-organization-access";
import type { ProjectAccess } from "./find-project-access";

export type ServiceAccess = ProjectAccess & { serviceId: string };

const statement = prepared((db) =>
  db
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
      and(eq(memberships.organizationId, projects.organizationId), eq(memberships.userId, sql.placeholder("userId"))),
    )
    .where(eq(services.id, sql.placeholder("serviceId")))
    .prepare("find_service_access"),
);

/** Null unless the service is there and the person belongs to its organization. */
export async function findServiceAccess(
  { db }: Pick<ServiceContext, "db">,
  asker: Pick<Asker, "userId">,
  serviceId: string,
): Promise<ServiceAccess | null> {
  const [found] = await statement(db).execute({ userId: asker.userId, serviceId });
  return found ?? null;
}
