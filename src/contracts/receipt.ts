import type { DeploymentPhase } from "@/domain/deployment/status";
import type { GuardSettings } from "@/domain/guard/guard-settings";
import type { GuardVerdict } from "@/domain/guard/judge-switch";
import type { TrafficReceipt } from "@/domain/traffic/receipt";

/** How long something took, and how long it mostly took in the last deployments of the service that went live. */
export type ComparedDuration = {
  /** Null where it did not happen, or is not over. */
  ms: number | null;
  /** Null where there is nothing to compare with. */
  medianMs: number | null;
  /** How many deployments the median is of: at most ten. */
  comparedWith: number;
};

export type SwitchView = {
  switchedAt: Date;
  /** The deployment that was live before. */
  replaced: { id: string; number: number } | null;
  /** Null where nothing was read of the router: it cannot tell, or nobody asked it yet (`settled` tells which). */
  traffic: TrafficReceipt | null;
  /** Nothing will change any more. */
  settled: boolean;
  guard: {
    settings: GuardSettings;
    /** Until when it watches; null: it does not. */
    until: Date | null;
    verdict: GuardVerdict | null;
    /** The deployment that it made to go back. */
    wentBackBy: { id: string; number: number } | null;
  };
};

/** What a deployment can prove of itself. */
export type DeploymentReceipt = {
  phases: (ComparedDuration & { phase: DeploymentPhase })[];
  /** From its trigger until traffic had moved; compared with those that were built, or not, as it was. */
  total: ComparedDuration;
  image: { reference: string; id: string | null; sizeBytes: number | null } | null;
  /** Null where nothing was built, or it was not counted. */
  buildSteps: { total: number; cached: number } | null;
  buildSkipped: "content" | "rollback" | "prebuilt" | null;
  /** Null where it never went live. */
  switch: SwitchView | null;
};
