/**
 * Who gets the next free build slot. Projects take turns: the one whose last turn is longest ago comes first, and within
 * it who waits longest, so that twenty pushes of one project hold up another one's single push by one build at most.
 */
import { chooseNext, type WaitingDeployment } from "./choose-next";

export type QueuedDeployment = WaitingDeployment & {
  serviceId: string;
  projectId: string;
  createdAt: Date;
  /** It starts from a kept image: it takes no slot. */
  keptImage: boolean;
  /** Somebody works on its service at this moment. */
  isHeld: boolean;
  /** When a deployment of its project was given a slot last; null: never. */
  projectTurnAt: Date | null;
};

export type BuildQueue = {
  /** Those that hold a slot now. */
  building: QueuedDeployment[];
  /** Those that need one, in the order in which they get it: one a service. */
  waiting: QueuedDeployment[];
  /** Those whose next step needs none, and that nobody works on. */
  ready: QueuedDeployment[];
};

/** `unfinished`: every deployment of the instance that is not over. */
export function buildQueue(unfinished: readonly QueuedDeployment[]): BuildQueue {
  const services = Map.groupBy(unfinished, (one) => one.serviceId);
  const queue: BuildQueue = { building: [], waiting: [], ready: [] };
  for (const deployments of services.values()) {
    const next = chooseNext(deployments);
    const one = deployments.find(({ id }) => id === next?.id);
    if (!one || !next) continue;
    if (!needsSlot(one, next.newerId)) {
      if (!one.isHeld) queue.ready.push(one);
    } else if (one.isHeld && one.status !== "queued") queue.building.push(one);
    else queue.waiting.push(one);
  }
  return { ...queue, waiting: inTurn(queue.waiting) };
}

/** One that is to end, or gives way, ends without a slot. */
function needsSlot({ status, keptImage, cancelRequested }: QueuedDeployment, newerId: string | null): boolean {
  if (keptImage || cancelRequested) return false;
  return (status === "queued" && newerId === null) || status === "fetching" || status === "building";
}

function inTurn(waiting: QueuedDeployment[]): QueuedDeployment[] {
  const oldestFirst = waiting.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  // What a dead worker left half done had its turn.
  const begun = oldestFirst.filter((one) => one.status !== "queued");
  const rounds = [...Map.groupBy(oldestFirst, (one) => one.projectId).values()].flatMap((ofProject) =>
    ofProject.filter((one) => one.status === "queued").map((one, round) => ({ one, round })),
  );
  const turnAt = (one: QueuedDeployment) => one.projectTurnAt?.getTime() ?? 0;
  rounds.sort(
    (a, b) =>
      a.round - b.round ||
      turnAt(a.one) - turnAt(b.one) ||
      a.one.createdAt.getTime() - b.one.createdAt.getTime() ||
      (a.one.id < b.one.id ? -1 : 1),
  );
  return [...begun, ...rounds.map(({ one }) => one)];
}
