import { and, eq } from "drizzle-orm";
import type { ServiceContext } from "@/server/context";
import { deployments, memberships, projects } from "@/server/db/schema";
import type { ServiceAccess } from "./find-service-access";

export type DeploymentAccess = ServiceAccess & { deploymentId: string };

/** Null unless the deployment is there and the person belongs to its organization. */
export async function findDeploymentAccess(
  { db }: Pick<ServiceContext, "db">,
  userId: string,
  deploymentId: string,
): Promise<DeploymentAccess | null> {
  const [found] = await db
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
      and(eq(memberships.organizationId, projects.organizationId), eq(memberships.userId, userId)),
    )
    .where(eq(deployments.id, deploymentId));
  return found ?? null;
}
