import { eq, inArray } from "drizzle-orm";
import type { InTheWay } from "@/contracts/deployment";
import type { Db } from "@/server/db/client";
import { deployments, projects, services } from "@/server/db/schema";

/**
 * Makes of ids what a person of this organization may see of them: its own deployments by name, of the others no more
 * than how many. Ids that are not there any more are left out.
 */
export async function nameDeployments(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<(ids: readonly string[]) => InTheWay> {
  const unique = [...new Set(ids)];
  const rows =
    unique.length === 0
      ? []
      : await db
          .select({
            id: deployments.id,
            number: deployments.number,
            serviceId: deployments.serviceId,
            serviceName: services.name,
            organizationId: projects.organizationId,
          })
          .from(deployments)
          .innerJoin(services, eq(services.id, deployments.serviceId))
          .innerJoin(projects, eq(projects.id, deployments.projectId))
          .where(inArray(deployments.id, unique));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return (wanted) => {
    const found = wanted.flatMap((id) => byId.get(id) ?? []);
    const own = found.filter((row) => row.organizationId === organizationId);
    return {
      deployments: own.map(({ organizationId: _, ...shown }) => shown),
      others: found.length - own.length,
    };
  };
}
