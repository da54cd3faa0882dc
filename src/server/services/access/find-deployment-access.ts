import { and, eq, sql } from "drizzle-orm";
import type { ServiceContext } from "@/server/context";
import { deployments, memberships, projects } from "@/server/db/schema";
import { prepared } from "@/server/services/prepared";
import type { Asker } from "./find-organization-access";
import type { ServiceAccess } from "./find-service-access";

export type DeploymentAccess = ServiceAccess & { deploymentId: string };

const statement = prepared((db) =>
  db
    .select({
      organizationId: projects.organizationId,
      role: memberships.role,
      projectId: projects.id,
      serviceId: deployments.serviceId,
      deploymentId: deployments.id,
    })
    .from(deployments)
    .innerJoin(projects, eq(projects.id, deployments.projectId))
    .innerJoin(
      memberships,
      and(eq(memberships.organizationId, projects.organizationId), eq(memberships.userId, sql.placeholder("userId"))),
    )
    .where(eq(deployments.id, sql.placeholder("deploymentId")))
    .prepare("find_deployment_access"),
);

/** Null unless the deployment is there and the person belongs to its organization. */
export async function findDeploymentAccess(
  { db }: Pick<ServiceContext, "db">,
  asker: Pick<Asker, "userId">,
  deploymentId: string,
): Promise<DeploymentAccess | null> {
  const [found] = await statement(db).execute({ userId: asker.userId, deploymentId });
  return found ?? null;
}
