"use client";

import Link from "next/link";
import type { Instance, Service } from "@/features/api/outputs";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

const failing = ["restarting", "crashing", "down"] as const;
type Failing = (typeof failing)[number];

export function isFailing(health: Service["health"]): health is Failing {
  return failing.some((one) => one === health);
}

/** What is live does not stay up: what is known of why, and where to read more. */
export function FailingNotice({ service, health }: { service: Service; health: Failing }) {
  const containers = service.instances.filter(({ releaseId }) => releaseId === service.liveReleaseId);
  return (
    <Notice
      tone={health === "restarting" ? "waiting" : "bad"}
      role="status"
      title={describeFailing(health, containers)}
      actions={
        <Button asChild>
          <Link href={`/services/${service.id}/logs`}>Read its log</Link>
        </Button>
      }
    >
      {describeCrash(containers)}
    </Notice>
  );
}

function describeFailing(health: Failing, live: Instance[]): string {
  if (health === "restarting") return "The application ended and was started again";
  if (health === "crashing") return "The application does not stay up";
  return live.length > 0 ? "Its containers do not run" : "No container of it is left";
}

function describeCrash(live: Instance[]): string {
  if (live.length === 0) return "The platform makes it anew within a moment.";
  const often = Math.max(...live.map(({ restartCount }) => restartCount));
  const again = often > 1 ? ` It was started again ${often} times.` : "";
  if (live.some(({ outOfMemory }) => outOfMemory)) {
    return `It ran out of memory: raise the limit in the settings, or make it use less.${again}`;
  }
  if (often === 0) return "The platform starts them again within a moment.";
  const fallen = live.find(({ status, exitCode }) => status !== "running" && exitCode !== null);
  if (fallen) return `It ended with exit code ${fallen.exitCode}.${again}`;
  return often > 1 ? `It ends again and again.${again}` : "It counts as running when it stays up.";
}
