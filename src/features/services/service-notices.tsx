"use client";

import Link from "next/link";
import { isFinished } from "@/domain/deployment/status";
import type { Service } from "@/features/api/outputs";
import { useWorkerRunning } from "@/features/platform/use-platform";
import { useCan } from "@/features/session/viewer-context";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { FailingNotice, isFailing } from "./failing-notice";
import { useServiceActions } from "./use-service-actions";

/** What a person should know on every page of the service; the most important thing alone. */
export function ServiceNotices({ service }: { service: Service }) {
  const allowed = useCan(service.organizationId);
  const { deploy, deploying } = useServiceActions(service.id);
  const workerRunning = useWorkerRunning();
  const latest = service.latestDeployment;

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
  if (isFailing(service.health)) return <FailingNotice service={service} health={service.health} />;
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
