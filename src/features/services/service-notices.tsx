"use client";

import Link from "next/link";
import { isFinished } from "@/domain/deployment/status";
import type { Instance, Service } from "@/features/api/outputs";
import { useWorkerRunning } from "@/features/platform/use-platform";
import { useCan } from "@/features/session/viewer-context";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { useServiceActions } from "./use-service-actions";

/** What a person should know on every page of the service; the most important thing alone. */
export function ServiceNotices({ service }: { service: Service }) {
  const allowed = useCan(service.organizationId);
  const { deploy, deploying } = useServiceActions(service.id);
  const workerRunning = useWorkerRunning();
  const latest = service.latestDeployment;
  const isOfLive = ({ releaseId }: Instance) => releaseId === service.liveReleaseId;

  if (service.desiredState === "deleted") {
    return (
      <Notice tone="active" role="status" title="This service is being deleted">
        Its containers, images and route are removed. It leaves the project when all of that is gone.
      </Notice>
    );
  }
  if (latest && !isFinished(latest.status)) {
    return (
      <Notice
        tone={workerRunning ? "active" : "waiting"}
        role="status"
        title={`Deployment #${latest.number} ${workerRunning ? "is under way" : "waits for a worker"}`}
        actions={
          <Button asChild>
            <Link href={`/services/${service.id}/deployments/${latest.id}`}>Watch it</Link>
          </Button>
        }
      />
    );
  }
  if (service.health === "restarting" || service.health === "crashing" || service.health === "down") {
    const containers = service.instances.filter(isOfLive);
    return (
      <Notice
        tone={service.health === "restarting" ? "waiting" : "bad"}
        role="status"
        title={describeFailing(service.health, containers)}
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
  if (latest?.status === "failed") {
    return (
      <Notice
        tone="bad"
        title={`Deployment #${latest.number} failed`}
        actions={
          <Button asChild>
            <Link href={`/services/${service.id}/deployments/${latest.id}`}>See why</Link>
          </Button>
        }
      >
        {service.latestError && <p className="break-words">{service.latestError.message}</p>}
        {service.liveDeployment
          ? `#${service.liveDeployment.number} still serves every request.`
          : "Nothing is online yet."}
      </Notice>
    );
  }
  if (service.changedSinceLive && service.liveDeployment) {
    return (
      <Notice
        tone="waiting"
        role="status"
        title="Changes are not live yet"
        actions={
          allowed("deployment.create") && (
            <Button onClick={deploy} pending={deploying}>
              Deploy now
            </Button>
          )
        }
      >
        Settings or variables changed since #{service.liveDeployment.number}. They apply with the next deployment.
      </Notice>
    );
  }
  return null;
}

function describeFailing(health: "restarting" | "crashing" | "down", live: Instance[]): string {
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
