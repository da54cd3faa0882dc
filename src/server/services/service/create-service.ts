import { and, eq } from "drizzle-orm";
import type { CreatedService, CreateServiceInput } from "@/contracts/service";
import { AppError } from "@/domain/errors";
import { defaultHealth } from "@/domain/health/health-settings";
import { slugify } from "@/domain/naming";
import type { RuntimeSettings } from "@/domain/plan/types";
import type { Config } from "@/server/config";
import type { OrganizationContext } from "@/server/context";
import type { Tx } from "@/server/db/client";
import { newId } from "@/server/db/new-id";
import { environments, projects } from "@/server/db/schema";
import { notify } from "@/server/events";
import { recordAudit } from "@/server/services/audit/record-audit";
import { insertDeployment } from "@/server/services/deployment/insert-deployment";
import { insertVariables } from "@/server/services/variable/insert-variables";
import { insertWithFreeHost } from "./insert-with-free-host";
import { refuseSlowHealth } from "./refuse-slow-health";

/** `trigger`: of the first deployment, where one is asked for. */
export type CreateServiceOptions = { trigger?: "manual" | "first-run" | "api" };

/**
 * Makes a service, its variables and, where asked for, its first deployment, in one transaction.
 * Throws not_found where the environment is not the project's, name_taken, conflict while the project is being deleted,
 * invalid_input where the times of the health check do not fit the server's limit.
 */
export async function createService(
  context: OrganizationContext,
  input: CreateServiceInput,
  options: CreateServiceOptions = {},
): Promise<CreatedService> {
  const { db, cipher, clock, config } = context;
  const runtime = withDefaults(input.runtime, config.limits);
  refuseSlowHealth(runtime.health, config);
  return db.transaction(async (tx) => {
    const place = await lockPlace(tx, input);
    const now = clock.now();
    const service = {
      id: newId("service"),
      projectId: input.projectId,
      organizationId: context.organizationId,
      environmentId: input.environmentId,
      name: input.name,
      slug: slugify(input.name, "service"),
      source: input.source,
      gitTokenEncrypted: input.gitToken ? cipher.encrypt(input.gitToken) : null,
      build: input.build,
      runtime,
      createdAt: now,
      updatedAt: now,
    };
    await insertWithFreeHost(tx, service, { ...place, baseDomain: config.apps.baseDomain });
    await insertVariables(tx, context, service.id, input.variables);
    await recordAudit(tx, context, {
      action: "service.create",
      resourceType: "service",
      resourceId: service.id,
      detail: { name: service.name, source: service.source },
    });
    await notify(tx, { type: "service", projectId: service.projectId, serviceId: service.id });
    const deployment = input.deploy
      ? await insertDeployment(tx, context, { serviceId: service.id, trigger: options.trigger ?? "manual" })
      : null;
    return { id: service.id, slug: service.slug, deployment };
  });
}

/** Slugs of project and environment. The lock keeps the project from being deleted until this transaction ends. */
async function lockPlace(tx: Tx, input: { projectId: string; environmentId: string }) {
  const [place] = await tx
    .select({ project: projects.slug, environment: environments.slug, deletingAt: projects.deletingAt })
    .from(environments)
    .innerJoin(projects, eq(projects.id, environments.projectId))
    .where(and(eq(environments.id, input.environmentId), eq(environments.projectId, input.projectId)))
    .for("share", { of: projects });
  if (!place) throw new AppError("not_found");
  if (place.deletingAt) throw new AppError("conflict", { message: "This project is being deleted." });
  return place;
}

function withDefaults(runtime: Partial<RuntimeSettings>, limits: Config["limits"]): RuntimeSettings {
  return {
    port: runtime.port ?? null,
    health: runtime.health ?? defaultHealth,
    memoryMib: runtime.memoryMib ?? limits.containerMemoryMib,
    cpuMillis: runtime.cpuMillis ?? limits.containerCpuMillis,
    replicas: runtime.replicas ?? 1,
    readOnlyRoot: runtime.readOnlyRoot ?? false,
  };
}
