import type { Endpoint } from "./plan/types";

/** What was seen of a container, as it is kept: everything but its load. */
export type InstanceFacts = {
  name: string;
  serviceId: string;
  releaseId: string;
  replica: number;
  /** Null in what was kept before ids were. */
  containerId: string | null;
  status: string;
  exitCode: number | null;
  outOfMemory: boolean;
  restartCount: number;
  startedAt: Date | null;
  address: string | null;
};

export function addressOf(endpoint: Endpoint): string {
  return `${endpoint.host}:${endpoint.port}`;
}

/** The endpoint that `addressOf` made this of. */
export function parseAddress(address: string): Endpoint {
  const colon = address.lastIndexOf(":");
  return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
}

export type InstanceChanges = { changed: InstanceFacts[]; gone: InstanceFacts[] };

/** What differs between what is kept and what is there. */
export function compareInstances(kept: InstanceFacts[], seen: InstanceFacts[]): InstanceChanges {
  const before = new Map(kept.map((one) => [one.name, fingerprint(one)]));
  const now = new Set(seen.map((one) => one.name));
  return {
    changed: seen.filter((one) => before.get(one.name) !== fingerprint(one)),
    gone: kept.filter((one) => !now.has(one.name)),
  };
}

function fingerprint(facts: InstanceFacts): string {
  const { serviceId, releaseId, replica, containerId, startedAt, address } = facts;
  const { status, exitCode, outOfMemory, restartCount } = facts;
  return JSON.stringify([
    ...[serviceId, releaseId, replica, containerId, startedAt?.getTime(), address],
    ...[status, exitCode, outOfMemory, restartCount],
  ]);
}

export type LiveRelease = { serviceId: string; releaseId: string; replicas: number };

/**
 * The services whose live release does not run as its route says: a replica changed (it ended, it came back, it moved to
 * another address), is missing, or stays down.
 */
export function servicesToConverge(live: LiveRelease[], seen: InstanceFacts[], changes: InstanceChanges): string[] {
  const touched = new Set([...changes.changed, ...changes.gone].map((one) => one.releaseId));
  // By release at once: to look through thousands of containers for each of thousands of services takes seconds.
  const seenOf = Map.groupBy(seen, (one) => one.releaseId);
  return live
    .filter(({ releaseId, replicas }) => {
      const up = (seenOf.get(releaseId) ?? []).filter((one) => one.status === "running" || one.status === "restarting");
      return touched.has(releaseId) || up.length < replicas;
    })
    .map((one) => one.serviceId);
}
