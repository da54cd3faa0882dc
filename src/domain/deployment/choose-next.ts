import { type DeploymentStatus, isFinished } from "./status";

export type WaitingDeployment = { id: string; number: number; status: DeploymentStatus; cancelRequested: boolean };

/**
 * Which unfinished deployment of a service is worked on: the one that has begun, else the oldest that waits. `newerId`
 * is the newest that waits behind it and is still wanted: what has not begun gives way to that, so pushes coalesce.
 */
export function chooseNext(deployments: WaitingDeployment[]): { id: string; newerId: string | null } | null {
  const unfinished = deployments.filter((one) => !isFinished(one.status)).sort((a, b) => a.number - b.number);
  const chosen = unfinished.find((one) => one.status !== "queued") ?? unfinished[0];
  if (!chosen) return null;
  const newer = unfinished.findLast(
    (one) => one.number > chosen.number && one.status === "queued" && !one.cancelRequested,
  );
  return { id: chosen.id, newerId: newer?.id ?? null };
}
