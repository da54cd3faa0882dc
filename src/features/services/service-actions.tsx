"use client";

import { Ellipsis, ExternalLink as ExternalLinkIcon, Play, Rocket, RotateCw, Square } from "lucide-react";
import { useState } from "react";
import type { Service } from "@/features/api/outputs";
import { useCan } from "@/features/session/viewer-context";
import { Button } from "@/ui/button";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from "@/ui/dropdown-menu";
import { useServiceActions } from "./use-service-actions";

export function ServiceActions({ service }: { service: Service }) {
  const allowed = useCan(service.organizationId);
  const actions = useServiceActions(service.id);
  const [stopping, setStopping] = useState(false);
  const isLive = service.liveDeployment !== null;
  const isStopped = service.desiredState === "stopped";
  if (service.desiredState === "deleted") return null;

  return (
    <>
      {isLive && !isStopped && (
        <Button asChild>
          <a href={service.url} target="_blank" rel="noreferrer">
            <ExternalLinkIcon aria-hidden />
            Open
          </a>
        </Button>
      )}
      {allowed("service.operate") && isStopped && isLive && (
        <Button onClick={actions.start} pending={actions.starting}>
          <Play aria-hidden />
          Start
        </Button>
      )}
      {allowed("deployment.create") && (
        <Button variant="primary" onClick={actions.deploy} pending={actions.deploying}>
          {!actions.deploying && <Rocket aria-hidden />}
          Deploy
        </Button>
      )}
      {allowed("service.operate") && isLive && !isStopped && (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button size="icon" aria-label="More actions">
              <Ellipsis />
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent>
            <DropdownMenuItem onSelect={actions.restart}>
              <RotateCw aria-hidden />
              Restart
            </DropdownMenuItem>
            <DropdownMenuItem onSelect={() => setStopping(true)}>
              <Square aria-hidden />
              Stop
            </DropdownMenuItem>
          </DropdownMenuContent>
        </DropdownMenu>
      )}
      <ConfirmDialog
        open={stopping}
        onOpenChange={setStopping}
        title={`Stop ${service.name}?`}
        description="Its address answers that it is stopped until you start it again. Nothing is removed."
        confirmLabel="Stop"
        tone="primary"
        onConfirm={() => {
          setStopping(false);
          actions.stop();
        }}
      />
    </>
  );
}
