/** People who go on deploying while things break: what they ask for, and what the platform said to it. */
import { setTimeout as sleep } from "node:timers/promises";
import { isFinished } from "@/domain/deployment/status";
import { type Application, commitVersion } from "./application";
import type { Random } from "./random";
import type { World } from "./world";

export type Ledger = {
  /** Deployments that the platform said yes to: none of them may be lost. */
  acknowledged: Set<string>;
  /** What was asked for, by kind. */
  asked: Record<string, number>;
  /** Requests to the dashboard that got no answer, or that one: it may be down while PostgreSQL is. */
  refused: number;
};

export const emptyLedger = (): Ledger => ({ acknowledged: new Set(), asked: {}, refused: 0 });

const waitForEndMs = 20_000;

/** Until the signal aborts. */
export async function keepDeploying(
  world: World,
  application: Application,
  ledger: Ledger,
  random: Random,
  stop: AbortSignal,
): Promise<void> {
  const { deployment, service } = world.dashboard.api;
  let version = 0;
  const commit = (behaviour: Parameters<typeof commitVersion>[2]) => {
    version += 1;
    return commitVersion(application, `${application.name}-${version}`, behaviour);
  };
  const deploy = async () => {
    const { id } = await deployment.create.mutate({ serviceId: application.id });
    ledger.acknowledged.add(id);
    return id;
  };
  const actions: Record<string, () => Promise<string | null>> = {
    async deploy() {
      await commit("good");
      return deploy();
    },
    async "deploy again"() {
      return deploy();
    },
    async "deploy a broken version"() {
      await commit(random.pick(["crashing", "silent"]));
      return deploy();
    },
    async "three in a row"() {
      let last = "";
      for (let index = 0; index < 3; index += 1) {
        await commit("good");
        last = await deploy();
      }
      return last;
    },
    async cancel() {
      await commit("good");
      const id = await deploy();
      await sleep(random.between(0, 3_000));
      await deployment.cancel.mutate({ deploymentId: id });
      return id;
    },
    async "go back"() {
      const { items } = await deployment.list.query({ serviceId: application.id, limit: 20 });
      const kept = items.filter((item) => item.canRollback && !item.isLive);
      if (kept.length === 0) return null;
      const { id } = await deployment.rollback.mutate({ deploymentId: random.pick(kept).id });
      ledger.acknowledged.add(id);
      return id;
    },
    async "stop and start"() {
      await service.stop.mutate({ serviceId: application.id });
      await sleep(random.between(0, 2_000));
      await service.start.mutate({ serviceId: application.id });
      return null;
    },
  };
  const deck = ["deploy", "deploy", "deploy", ...Object.keys(actions), "cancel", "go back"];
  while (!stop.aborted) {
    const name = random.pick(deck);
    ledger.asked[name] = (ledger.asked[name] ?? 0) + 1;
    const patience = random.between(0, 1) * waitForEndMs;
    const id = await actions[name]?.().catch(() => {
      ledger.refused += 1;
      return null;
    });
    if (id) await untilEnd(world, id, patience, stop);
    await sleep(random.between(200, 1_500), undefined, { signal: stop }).catch(() => undefined);
  }
}

async function untilEnd(world: World, deploymentId: string, patienceMs: number, stop: AbortSignal): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!stop.aborted && performance.now() < deadline) {
    const view = await world.dashboard.api.deployment.get.query({ deploymentId }).catch(() => null);
    if (view && isFinished(view.status)) return;
    await sleep(200);
  }
}
