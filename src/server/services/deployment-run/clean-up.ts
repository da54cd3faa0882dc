import { setTimeout as sleep } from "node:timers/promises";
import { isAppError } from "@/domain/errors";
import type { Endpoint, RouteSpec } from "@/domain/plan/types";
import type { WorkerContext } from "@/server/context";
import { removeRelease } from "@/server/services/release/remove-release";
import { removeCheckout } from "./checkout";
import type { DeploymentRow } from "./loaded-deployment";

const drainLookMs = 50;

/** `from`: where requests may still be under way, which end before the containers go. `to`: where new ones go now. */
export type RouteLeft = { from: Endpoint[]; to: RouteSpec | null };

/**
 * Removes what a deployment that does not go live has made: its containers, where nobody else answers with them
 * (`containers`), and its checkout. What the Engine does not do now is found later as a container that nobody needs.
 */
export async function cleanUp(
  context: WorkerContext,
  row: DeploymentRow,
  made: { containers: boolean; route: RouteLeft | null },
): Promise<void> {
  const { config, log } = context;
  await removeCheckout(config, row.id);
  if (!made.containers) return;
  try {
    if (made.route) await letEnd(context, made.route);
    await removeRelease(context, row.releaseId, made.route ? config.deploy.stopGraceSeconds : 0);
  } catch (error) {
    if (!isAppError(error)) throw error;
    log.warn({ err: error, deploymentId: row.id }, "its containers could not be removed; they will be found later");
  }
}

/** Waits until the router sends elsewhere and what it sent before has ended, at most for the grace of a drain. */
async function letEnd({ edge, config, clock }: WorkerContext, { from, to }: RouteLeft): Promise<void> {
  const { routeTimeoutMs, drainGraceMs } = config.deploy;
  // A router that does not confirm is down, and reads the file when it comes back.
  if (to) await edge.confirm(to, routeTimeoutMs, new AbortController().signal).catch(ignoreRouter);
  const deadline = clock.now().getTime() + drainGraceMs;
  // One that cannot tell, or does not answer, may hold requests: they are given the whole grace.
  while (from.length > 0 && clock.now().getTime() < deadline) {
    if ((await edge.inFlight(from).catch(ignoreRouter)) === 0) return;
    await sleep(drainLookMs);
  }
}

function ignoreRouter(error: unknown): undefined {
  if (!isAppError(error, "route_not_applied") && !isAppError(error, "router_unavailable")) throw error;
}
