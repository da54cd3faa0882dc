"use client";

import { ExternalLink as ExternalLinkIcon, RotateCcw, Undo2, X } from "lucide-react";
import { useState } from "react";
import { isFinished } from "@/domain/deployment/status";
import type { Deployment, Service } from "@/features/api/outputs";
import { useCan } from "@/features/session/viewer-context";
import { Button } from "@/ui/button";
import { RollbackDialog } from "./rollback-dialog";
import { useDeploymentActions } from "./use-deployment-actions";

export function DeploymentActions({ deployment, service }: { deployment: Deployment; service: Service | undefined }) {
  const allowed = useCan(service?.organizationId);
  const actions = useDeploymentActions(deployment);
  const [confirming, setConfirming] = useState(false);
  const offersRollback = allowed("deployment.create") && deployment.canRollback && !deployment.isLive;
  return (
    <>
      {deployment.canCancel && allowed("deployment.cancel") && (
        <Button
          variant="danger-quiet"
          onClick={actions.cancel}
          pending={actions.cancelling}
          disabled={deployment.cancelRequested}
        >
          <X aria-hidden />
          {deployment.cancelRequested ? "Cancelling" : "Cancel"}
        </Button>
      )}
      {isFinished(deployment.status) && allowed("deployment.create") && (
        <Button
          onClick={actions.redeploy}
          pending={actions.redeploying}
          title="Deploys this version again, with the service's present settings"
        >
          {!actions.redeploying && <RotateCcw aria-hidden />}
          Redeploy
        </Button>
      )}
      {offersRollback && (
        <Button variant="primary" onClick={() => setConfirming(true)}>
          <Undo2 aria-hidden />
          Roll back to this
        </Button>
      )}
      {deployment.isLive && service && (
        <Button asChild variant="primary">
          <a href={service.url} target="_blank" rel="noreferrer">
            <ExternalLinkIcon aria-hidden />
            Open
          </a>
        </Button>
      )}
      <RollbackDialog
        deployment={deployment}
        open={confirming}
        onOpenChange={setConfirming}
        pending={actions.rollingBack}
        onConfirm={actions.rollback}
      />
    </>
  );
}
