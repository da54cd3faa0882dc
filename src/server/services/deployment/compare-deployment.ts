import { and, desc, eq, isNotNull, lt } from "drizzle-orm";
import type { DeploymentDifference } from "@/contracts/deployment";
import { compareSettings, compareVariables } from "@/domain/deployment/compare-inputs";
import { isFinished } from "@/domain/deployment/status";
import { AppError } from "@/domain/errors";
import type { ServiceContext } from "@/server/context";
import { deployments } from "@/server/db/schema";
import { thawEnvironment } from "./frozen-environment";

const columns = {
  id: deployments.id,
  number: deployments.number,
  serviceId: deployments.serviceId,
  status: deployments.status,
  snapshot: deployments.snapshot,
  environmentEncrypted: deployments.environmentEncrypted,
  changes: deployments.changes,
};

const keptForMs = 3_600_000;

/** What a deployment changed against the one that was live before it. Throws not_found. */
export async function compareDeployment(context: ServiceContext, deploymentId: string): Promise<DeploymentDifference> {
  const key = `difference:${deploymentId}`;
  const known = await context.cache.get<DeploymentDifference>(key);
  if (known) return known;
  const { difference, settled } = await compute(context, deploymentId);
  if (settled) await context.cache.set(key, difference, keptForMs);
  return difference;
}

/** `settled`: the deployment is over, so this will never read otherwise. */
async function compute({ db, cipher }: ServiceContext, deploymentId: string) {
  const [deployment] = await db.select(columns).from(deployments).where(eq(deployments.id, deploymentId));
  if (!deployment) throw new AppError("not_found");
  const before = await findBefore(db, deployment);
  const environment = (row: { environmentEncrypted: string }) => thawEnvironment(cipher, row.environmentEncrypted);
  const difference: DeploymentDifference = {
    comparedWith: before ? { id: before.id, number: before.number } : null,
    commits: deployment.changes?.commits ?? [],
    files: deployment.changes?.files ?? [],
    settings: before ? compareSettings(before.snapshot, deployment.snapshot) : [],
    variables: before ? compareVariables(environment(before), environment(deployment)) : [],
  };
  return { difference, settled: isFinished(deployment.status) };
}

type Compared = { serviceId: string; number: number; changes: { comparedWithId: string } | null };

/** The one the worker compared the source with; where it did not come to that, the last one before that was live. */
async function findBefore(db: ServiceContext["db"], { serviceId, number, changes }: Compared) {
  const which = changes
    ? eq(deployments.id, changes.comparedWithId)
    : and(eq(deployments.serviceId, serviceId), lt(deployments.number, number), isNotNull(deployments.liveAt));
  const [before] = await db.select(columns).from(deployments).where(which).orderBy(desc(deployments.number)).limit(1);
  return before;
}
