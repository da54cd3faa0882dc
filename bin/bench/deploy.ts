/** Deploys through the API and times what a person waits for. */
import { setTimeout as sleep } from "node:timers/promises";
import { isFinished } from "@/domain/deployment/status";
import { untilVersion } from "@/testing/traffic";
import type { Application } from "./application";
import type { Bench } from "./bench";

/** Milliseconds from the click to the first answer of this version through the router. */
export async function timeToTraffic(
  bench: Bench,
  application: Pick<Application, "host">,
  version: string,
  click: () => Promise<unknown>,
): Promise<number> {
  const startedAt = performance.now();
  await click();
  await untilVersion(bench.router, application.host, version);
  return performance.now() - startedAt;
}

/** Resolves with the deployment once it is over, well or not. */
export async function untilFinished(bench: Bench, deploymentId: string, timeoutMs = 300_000) {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const view = await bench.dashboard.api.deployment.get.query({ deploymentId });
    if (isFinished(view.status)) return view;
    if (performance.now() > deadline) throw new Error(`deployment ${deploymentId} is still ${view.status}`);
    await sleep(20);
  }
}

/** Deploys the newest commit and waits until it is live. Throws where it is not. */
export async function deploy(bench: Bench, application: Application) {
  const { id } = await bench.dashboard.api.deployment.create.mutate({ serviceId: application.serviceId });
  return expectLive(await untilFinished(bench, id));
}

/** Where a deployment's time went: "fetching 120, building 900, ...", in milliseconds. */
export async function describePhases(bench: Bench, deploymentId: string): Promise<string> {
  const { phases } = await bench.dashboard.api.deployment.get.query({ deploymentId });
  const parts = phases.flatMap(({ phase, startedAt, finishedAt }) =>
    finishedAt ? [`${phase} ${new Date(finishedAt).getTime() - new Date(startedAt).getTime()}`] : [],
  );
  return parts.join(", ");
}

export function expectLive<V extends { status: string; number: number; error: { message: string } | null }>(
  view: V,
): V {
  if (view.status !== "live") throw new Error(`deployment ${view.number} is ${view.status}: ${view.error?.message}`);
  return view;
}

/** The live deployment's id once the service has one. */
export async function untilLive(bench: Bench, application: Application): Promise<string> {
  for (;;) {
    const { liveDeployment, latestDeployment } = await bench.dashboard.api.service.get.query({
      serviceId: application.serviceId,
    });
    if (liveDeployment) return liveDeployment.id;
    if (latestDeployment?.status === "failed") {
      const view = await bench.dashboard.api.deployment.get.query({ deploymentId: latestDeployment.id });
      throw new Error(`the first deployment failed: ${view.error?.message}`);
    }
    await sleep(20);
  }
}
