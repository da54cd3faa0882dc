import type { ServiceHealth } from "@/domain/service-health";
import { Status } from "@/ui/status";
import type { Tone } from "@/ui/tone";

const healthTable: Record<ServiceHealth, { label: string; tone: Tone }> = {
  running: { label: "Running", tone: "good" },
  degraded: { label: "Degraded", tone: "waiting" },
  restarting: { label: "Restarting", tone: "waiting" },
  down: { label: "Down", tone: "bad" },
  crashing: { label: "Crashing", tone: "bad" },
  stopping: { label: "Stopping", tone: "active" },
  stopped: { label: "Stopped", tone: "quiet" },
  deploying: { label: "Deploying", tone: "active" },
  "not-deployed": { label: "Not deployed", tone: "quiet" },
  deleting: { label: "Deleting", tone: "active" },
};

export function Health({ health }: { health: ServiceHealth }) {
  return <Status {...healthTable[health]} />;
}
