/** The first run's deployment: a project, a service and a deployment, through the same use-cases as anybody's. */
import { and, desc, eq } from "drizzle-orm";
import type { DeploymentView } from "@/contracts/deployment";
import { createServiceInput } from "@/contracts/service";
import { isFinished, statusTable } from "@/domain/deployment/status";
import type { OrganizationContext } from "@/server/context";
import { deployments, projects, services } from "@/server/db/schema";
import { watchDeployment } from "@/server/services/deployment/watch-deployment";
import { createProject } from "@/server/services/project/create-project";
import { getProject } from "@/server/services/project/get-project";
import { createService } from "@/server/services/service/create-service";
import type { Progress } from "./progress.mjs";

export type SampleService = { serviceId: string; platformHost: string; deploymentId: string };

/** Makes them; what an interrupted first run made already is found again. */
export async function ensureSampleService(context: OrganizationContext, repositoryUrl: string): Promise<SampleService> {
  return (await findSample(context)) ?? (await createSample(context, repositoryUrl));
}

async function createSample(context: OrganizationContext, url: string): Promise<SampleService> {
  const [known] = await context.db
    .select({ id: projects.id })
    .from(projects)
    .where(and(eq(projects.organizationId, context.organizationId), eq(projects.slug, "sample")));
  const project = known
    ? await getProject(context, known.id)
    : await createProject(context, { organizationId: context.organizationId, name: "Sample" });
  const [environment] = project.environments;
  if (!environment) throw new Error("the project has no environment");
  const input = createServiceInput.parse({
    projectId: project.id,
    environmentId: environment.id,
    name: "Hello",
    source: { type: "git", url, branch: "main" },
    build: {},
    runtime: { health: { check: { type: "http" as const, path: "/health" } } },
    variables: [{ key: "GREETING", value: "It runs." }],
  });
  await createService(context, input, { trigger: "first-run" });
  const made = await findSample(context);
  if (!made) throw new Error("the sample service is not there");
  return made;
}

async function findSample({ db, organizationId }: OrganizationContext): Promise<SampleService | null> {
  const [found] = await db
    .select({ serviceId: services.id, platformHost: services.platformHost, deploymentId: deployments.id })
    .from(deployments)
    .innerJoin(services, eq(services.id, deployments.serviceId))
    .innerJoin(projects, eq(projects.id, services.projectId))
    .where(and(eq(projects.organizationId, organizationId), eq(projects.slug, "sample"), eq(services.slug, "hello")))
    .orderBy(desc(deployments.number))
    .limit(1);
  return found ?? null;
}

/** Prints a line for each phase as it ends. Resolves with the deployment when it is over, well or not. */
export async function followDeployment(
  context: OrganizationContext,
  sample: SampleService,
  progress: Progress,
  signal: AbortSignal,
): Promise<DeploymentView> {
  const printed = new Set<string>();
  for await (const view of watchDeployment(context, sample, signal)) {
    for (const { phase, startedAt, finishedAt, outcome, note } of view.phases) {
      if (finishedAt === null || printed.has(phase)) continue;
      printed.add(phase);
      const detail = [outcome === "done" ? null : outcome, note].filter(Boolean).join(": ");
      progress.done(`  ${statusTable[phase].label}`, detail, finishedAt.getTime() - startedAt.getTime());
    }
    if (isFinished(view.status)) return view;
  }
  throw signal.reason;
}
