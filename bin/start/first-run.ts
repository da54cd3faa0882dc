/** What the first start does beyond every start: an account, and the sample application on the air. */
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { createProcessContext } from "@/server/container";
import type { OrganizationContext } from "@/server/context";
import { serviceUrl } from "@/server/services/service/service-url";
import { ensureSampleService, followDeployment } from "./deploy-sample";
import { ensureOwner, type OwnerAccount } from "./ensure-owner";
import type { Instance } from "./prepare-instance";
import type { Stage } from "./provide";
import { serveSample } from "./sample-repository";
import { tellIsolation } from "./tell-isolation";

export type FirstRun = {
  owner: OwnerAccount;
  repositoryUrl: string;
  /** Where the sample answers; null where its deployment failed, which was said. */
  applicationUrl: string | null;
};

const answerTimeoutMs = 10_000;

/** `null` where this is no first run. The sample's repository is served as long as this process lives. */
export async function firstRun(instance: Instance, options: Stage): Promise<FirstRun | null> {
  const context = createProcessContext(instance.config, { name: "first-run", connections: 2 });
  try {
    await tellIsolation(context.db, options.progress);
    const owner = await ensureOwner(context);
    const sample = await serveSample(instance, { make: owner !== null }).catch((error: NodeJS.ErrnoException) => {
      options.progress.note(`The sample's repository is not served: ${error.message}.`);
      return null;
    });
    if (sample) options.onStop(sample.close);
    if (!owner || !sample) return null;
    options.progress.done("Owner", owner.email, 0);
    const { organizationId } = owner;
    const acting = { ...context, organizationId, actor: { type: "system" as const, reason: "first run" } };
    const applicationUrl = await deploySample(acting, sample.url, options);
    return { owner, repositoryUrl: sample.url, applicationUrl };
  } finally {
    await context.close();
  }
}

async function deploySample(context: OrganizationContext, url: string, { progress, abort }: Stage) {
  const { signal } = abort;
  const sample = await ensureSampleService(context, url);
  progress.print("\n    Deploying the sample application");
  const startedAt = performance.now();
  const { status, error } = await followDeployment(context, sample, progress, signal);
  if (status !== "live") {
    progress.note(`The sample could not be deployed: ${error?.message ?? status} ${error?.fix ?? ""}`);
    return null;
  }
  await untilItAnswers(context.config.edge.port, sample.platformHost, signal);
  progress.done("Sample", "deployed and answering", performance.now() - startedAt);
  return serviceUrl(context.config, sample.platformHost);
}

/** Asked by its host name at the router's address: *.localhost does not resolve everywhere outside of browsers. */
async function untilItAnswers(port: number, host: string, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + answerTimeoutMs;
  while ((await statusOf(port, host)) !== 200) {
    signal.throwIfAborted();
    if (performance.now() >= deadline) throw new Error(`http://${host}:${port} does not answer with 200`);
    await sleep(50);
  }
}

function statusOf(port: number, host: string): Promise<number> {
  return new Promise((resolve) => {
    const request = http.get({ host: "127.0.0.1", port, headers: { host }, timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(0));
  });
}
