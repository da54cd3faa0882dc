/**
 * The status table: for each status what may follow, whether it is final, what undoing it means and what people
 * call it. The database enum, the interface and every "is it finished?" derive from it.
 */

export const deploymentStatuses = [
  "queued",
  "fetching",
  "building",
  "releasing",
  "verifying",
  "routing",
  "live",
  "failed",
  "cancelled",
  "superseded",
  "retired",
] as const;

export type DeploymentStatus = (typeof deploymentStatuses)[number];

/** The phases a person sees on the timeline; each is a row with start, end and error. */
export const deploymentPhases = ["queued", "fetching", "building", "releasing", "verifying", "routing"] as const;

export type DeploymentPhase = (typeof deploymentPhases)[number];

type StatusEntry = {
  label: string;
  next: readonly DeploymentStatus[];
  final: boolean;
  /**
   * What giving up from here must take back. "nothing": no container of the new release can exist yet.
   * "release": its containers. "route": the old release's route is published and confirmed again, then the containers.
   */
  undo: "nothing" | "release" | "route";
  tone: "waiting" | "active" | "good" | "bad" | "quiet";
};

export const statusTable: Readonly<Record<DeploymentStatus, StatusEntry>> = {
  queued: {
    label: "Queued",
    next: ["fetching", "releasing", "failed", "cancelled", "superseded"],
    final: false,
    undo: "nothing",
    tone: "waiting",
  },
  // What has begun goes on: else pushes that come faster than one is fetched would let none be built.
  fetching: {
    label: "Fetching",
    next: ["building", "releasing", "failed", "cancelled"],
    final: false,
    undo: "nothing",
    tone: "active",
  },
  building: {
    label: "Building",
    next: ["releasing", "failed", "cancelled"],
    final: false,
    undo: "nothing",
    tone: "active",
  },
  releasing: {
    label: "Starting",
    next: ["verifying", "failed", "cancelled"],
    final: false,
    undo: "release",
    tone: "active",
  },
  verifying: {
    label: "Checking health",
    next: ["routing", "failed", "cancelled"],
    final: false,
    undo: "release",
    tone: "active",
  },
  // The router may already send requests to the new release: the old one runs until the pointer moved, so there is a way back.
  routing: {
    label: "Switching traffic",
    next: ["live", "failed", "cancelled"],
    final: false,
    undo: "route",
    tone: "active",
  },
  live: { label: "Live", next: ["retired"], final: true, undo: "nothing", tone: "good" },
  failed: { label: "Failed", next: [], final: true, undo: "nothing", tone: "bad" },
  cancelled: { label: "Cancelled", next: [], final: true, undo: "nothing", tone: "quiet" },
  superseded: { label: "Superseded", next: [], final: true, undo: "nothing", tone: "quiet" },
  retired: { label: "Retired", next: [], final: true, undo: "nothing", tone: "quiet" },
};

export const unfinishedStatuses = deploymentStatuses.filter((status) => !statusTable[status].final);

export function isFinished(status: DeploymentStatus): boolean {
  return statusTable[status].final;
}

/** Whether a person may still cancel: until the pointer moved. */
export function isCancellable(status: DeploymentStatus): boolean {
  return statusTable[status].next.includes("cancelled");
}

export function mayFollow(from: DeploymentStatus, to: DeploymentStatus): boolean {
  return statusTable[from].next.includes(to);
}
