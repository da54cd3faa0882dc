import type { WaitingView } from "@/contracts/deployment";
import { type BuildQueue, buildQueue, type QueuedDeployment } from "@/domain/deployment/build-queue";
import { chooseNext } from "@/domain/deployment/choose-next";
import type { ServiceContext } from "@/server/context";
import { countBuildSlots } from "@/server/services/worker/heartbeat";
import { loadUnfinished } from "./load-unfinished";
import { nameDeployments } from "./name-deployments";

type Obstacle = Pick<WaitingView, "reason" | "place"> & { ids: string[] };

/** For each of these deployments of one service that is queued: its place, and what it waits for. */
export async function readWaiting(
  { db }: Pick<ServiceContext, "db">,
  deploymentIds: readonly string[],
): Promise<Map<string, WaitingView>> {
  if (deploymentIds.length === 0) return new Map();
  const [unfinished, slots] = await Promise.all([loadUnfinished(db), countBuildSlots({ db })]);
  const queue = buildQueue(unfinished);
  const shown = unfinished.filter((one) => one.status === "queued" && deploymentIds.includes(one.id));
  const obstacles = shown.map((one) => ({ id: one.id, ...obstacleOf(one, unfinished, queue, slots) }));
  const name = await nameDeployments(
    db,
    shown[0]?.organizationId ?? "",
    obstacles.flatMap(({ ids }) => ids),
  );
  return new Map(obstacles.map(({ id, ids, ...rest }) => [id, { ...rest, slots: slots ?? 0, ...name(ids) }]));
}

function obstacleOf(
  one: QueuedDeployment,
  unfinished: QueuedDeployment[],
  { building, waiting }: BuildQueue,
  slots: number | null,
): Obstacle {
  const index = waiting.findIndex(({ id }) => id === one.id);
  const place = index === -1 ? null : index + 1;
  if (slots === null) return { reason: "worker", place, ids: [] };
  const siblings = unfinished.filter(({ serviceId }) => serviceId === one.serviceId);
  const ahead = siblings.find(({ id }) => id === chooseNext(siblings)?.id);
  if (ahead && ahead.id !== one.id && ahead.status !== "queued") {
    return { reason: "deployment", place, ids: [ahead.id] };
  }
  if (place === null || building.length < slots) return { reason: "starting", place, ids: [] };
  return { reason: "slots", place, ids: building.map(({ id }) => id) };
}
