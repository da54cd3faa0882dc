import type { CleanupItem, CleanupKind, CleanupReason } from "@/domain/retention";
import type { StrayReason } from "@/domain/strays";
import type { Tone } from "@/ui/tone";

export const kindLabels: Record<CleanupKind, string> = {
  image: "Image",
  build_cache: "Build cache",
  mirror: "Repository copy",
  checkout: "Checkout",
  logs: "Logs",
};

const reasonLabels: Record<CleanupReason, string> = {
  live: "Answers requests now",
  warm: "Kept running for an instant rollback",
  unfinished: "A deployment under way needs it",
  newest: "One of the last that were live",
  recent: "Not old enough to go",
  in_use: "In use",
  expired: "Past its time",
  unnamed: "No deployment names it",
  superfluous: "Recent, but the disk is nearly full",
  too_much: "More than is kept",
  unused: "No service uses it",
  left_behind: "Left behind by a worker that ended",
};

export function describeReason(reason: CleanupReason): string {
  return reasonLabels[reason];
}

/** What a thing is to people: "Web #12" for an image, an address for a repository. */
export function describeItem(
  item: Pick<CleanupItem, "kind" | "name" | "label" | "serviceName" | "deploymentNumber">,
): string {
  switch (item.kind) {
    case "image":
      return `${item.serviceName ?? "Unknown service"}${item.deploymentNumber === null ? "" : ` #${item.deploymentNumber}`}`;
    case "build_cache":
      return "Unused build cache of the Docker Engine";
    case "mirror":
      return item.label ?? "Part of a repository copy";
    case "checkout":
      return item.name;
    case "logs":
      return item.label ?? "Log lines";
  }
}

export const strayReasonLabels: Record<StrayReason, string> = {
  no_service: "Names no service",
  unknown_service: "Its service is not known here",
  unknown_release: "No deployment made it",
  unexpected_name: "Not one of the replicas",
  no_environment: "Names no environment",
  unknown_environment: "Its environment is not known here",
};

export const triggerLabels: Record<"schedule" | "disk" | "person", string> = {
  schedule: "Daily cleanup",
  disk: "A disk was nearly full",
  person: "Asked for",
};

export const outcomeTones: Record<"removed" | "spared" | "failed", { tone: Tone; label: string }> = {
  removed: { tone: "good", label: "Removed" },
  spared: { tone: "quiet", label: "Needed again" },
  failed: { tone: "bad", label: "Not removed" },
};
