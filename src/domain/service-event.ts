/**
 * What happens to a service beside its deployments: its history. The kind says what happened, the details how; they are
 * facts, never sentences, so that the interface and the API's readers word them as they like.
 */

export type ContainerFacts = { container: string; replica: number; releaseId: string };

export type ServiceEventDetails = {
  /** It ended. `signal`: the one that somebody sent it, where somebody did: then the application is not to blame. */
  exited: ContainerFacts & { exitCode: number; signal: number | null };
  /** It used more memory than it may, and was killed. */
  out_of_memory: ContainerFacts & { memoryMib: number };
  /** It runs again. `restartCount`: how often the Engine started it since it was made. */
  restarted: ContainerFacts & { restartCount: number };
  /** It is gone, and nobody here removed it. */
  container_removed: ContainerFacts;
  /** It was made anew after it was gone. */
  container_replaced: ContainerFacts;
  /** Somebody stopped or started the service. */
  service_stopped: { byUserId: string | null };
  service_started: { byUserId: string | null };
  /** After its switch a release did worse than the one before, or crashed again and again: the platform went back. */
  rolled_back: {
    fromDeploymentId: string;
    fromNumber: number;
    toDeploymentId: string;
    toNumber: number;
    /** The deployment that goes back. */
    deploymentId: string;
    cause: "errors" | "latency" | "crash_loop";
    /** What was measured against what, in one sentence. */
    reason: string;
  };
};

export type ServiceEventKind = keyof ServiceEventDetails;

export type ServiceEvent = {
  [K in ServiceEventKind]: { kind: K; details: ServiceEventDetails[K] };
}[ServiceEventKind];

const kinds = {
  exited: true,
  out_of_memory: true,
  restarted: true,
  container_removed: true,
  container_replaced: true,
  service_stopped: true,
  service_started: true,
  rolled_back: true,
} as const satisfies Record<ServiceEventKind, true>;

export const serviceEventKinds = Object.keys(kinds) as ServiceEventKind[]; // safe because the table is keyed by nothing else
