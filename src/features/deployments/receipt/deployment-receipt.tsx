"use client";

import { useQuery } from "@tanstack/react-query";
import { Shuffle } from "lucide-react";
import { isFinished } from "@/domain/deployment/status";
import { ErrorNotice } from "@/features/api/error-notice";
import type { Receipt } from "@/features/api/outputs";
import { useTRPC } from "@/features/api/trpc";
import { useDeployment } from "@/features/deployments/use-deployment";
import { EmptyState } from "@/ui/empty-state";
import { Loading, Skeleton } from "@/ui/skeleton";
import { ReceiptGuard } from "./receipt-guard";
import { ReceiptTraffic } from "./receipt-traffic";
import { ReceiptWork } from "./receipt-work";

/** The router's records are copied as often. */
const countedEveryMs = 10_000;

const isOngoing = (receipt: Receipt | undefined) => receipt?.switch?.settled === false;

/** What the deployment can prove: the requests around its switch, its durations, its image. */
export function DeploymentReceipt({ deploymentId }: { deploymentId: string }) {
  const trpc = useTRPC();
  const deployment = useDeployment(deploymentId).data;
  const receipt = useQuery(
    trpc.deployment.receipt.queryOptions(
      { deploymentId },
      { refetchInterval: ({ state }) => (isOngoing(state.data) ? countedEveryMs : false) },
    ),
  );
  if (!deployment) return null;
  if (receipt.isPending) return <ReceiptSkeleton />;
  if (!receipt.data) return <ErrorNotice error={receipt.error} onRetry={() => receipt.refetch()} />;
  const { switch: switched } = receipt.data;
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-4">
        {switched ? (
          <>
            <ReceiptTraffic number={deployment.number} switched={switched} />
            <ReceiptGuard serviceId={deployment.serviceId} switched={switched} />
          </>
        ) : (
          <EmptyState icon={Shuffle} title="No traffic was switched">
            {isFinished(deployment.status)
              ? "This deployment took over no requests, or it did before they were counted."
              : "Once it goes live, the requests around the switch are counted here."}
          </EmptyState>
        )}
      </div>
      <div className="min-w-0">
        <ReceiptWork receipt={receipt.data} />
      </div>
    </div>
  );
}

function ReceiptSkeleton() {
  return (
    <Loading label="Loading the receipt" className="grid gap-4 lg:grid-cols-2">
      <Skeleton className="h-80 w-full" />
      <Skeleton className="h-80 w-full" />
    </Loading>
  );
}
