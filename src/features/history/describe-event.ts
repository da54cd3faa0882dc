import type { ServiceEvent } from "@/domain/service-event";
import { formatMemory } from "@/features/services/amounts";
import type { Tone } from "@/ui/tone";

type EventView = ServiceEvent & { byName: string | null };
type Described = { title: string; detail: string | null; tone: Tone };

const signalNames: Record<number, string> = { 1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 9: "SIGKILL", 15: "SIGTERM" };

/** An event of a service's history in words. */
export function describeEvent(event: EventView): Described {
  switch (event.kind) {
    case "exited":
      return describeExit(event.details);
    case "out_of_memory": {
      const limit = formatMemory(event.details.memoryMib);
      const detail = `It may use ${limit}. Raise the limit in the settings, or make it use less.`;
      return { title: `${replica(event.details)} ran out of memory`, detail, tone: "bad" };
    }
    case "restarted": {
      const { restartCount } = event.details;
      const detail = restartCount > 1 ? `${restartCount} times since this container was made.` : null;
      return { title: `${replica(event.details)} was started again`, detail, tone: "good" };
    }
    case "container_removed": {
      const title = `The container of replica ${event.details.replica + 1} was removed`;
      return { title, detail: "Not by the platform, which makes it anew.", tone: "waiting" };
    }
    case "container_replaced":
      return { title: `${replica(event.details)} got a new container`, detail: null, tone: "good" };
    case "service_stopped":
      return { title: `Stopped by ${event.byName ?? "the platform"}`, detail: null, tone: "quiet" };
    case "service_started":
      return { title: `Started by ${event.byName ?? "the platform"}`, detail: null, tone: "quiet" };
    case "rolled_back": {
      const { fromNumber, toNumber, reason } = event.details;
      return { title: `The platform went back from #${fromNumber} to #${toNumber}`, detail: reason, tone: "bad" };
    }
  }
}

function describeExit({
  replica: place,
  exitCode,
  signal,
}: {
  replica: number;
  exitCode: number;
  signal: number | null;
}) {
  const who = replica({ replica: place });
  if (signal === null) return { title: `${who} ended with exit code ${exitCode}`, detail: null, tone: "bad" as const };
  const name = signalNames[signal] ?? `signal ${signal}`;
  const detail = "Somebody stopped it, or Docker was stopped. The application is not to blame.";
  return { title: `${who} was ended from outside with ${name}`, detail, tone: "waiting" as const };
}

/** People count from one. */
function replica({ replica: place }: { replica: number }): string {
  return `Replica ${place + 1}`;
}
