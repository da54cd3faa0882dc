"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorNotice } from "@/features/api/error-notice";
import { useTRPC } from "@/features/api/trpc";
import { useService } from "@/features/services/use-service";
import { useCan } from "@/features/session/viewer-context";
import { Loading, Skeleton } from "@/ui/skeleton";
import { VariablesForm } from "./variables-form";
import { VariablesTable } from "./variables-table";

export function ServiceVariables({ serviceId }: { serviceId: string }) {
  const trpc = useTRPC();
  const service = useService(serviceId).data;
  const allowed = useCan(service?.organizationId);
  const variables = useQuery(trpc.variable.list.queryOptions({ serviceId }));
  // The frame around this shows what is wrong or under way.
  if (!service) return null;
  if (variables.isPending) {
    return (
      <Loading label="Loading the variables">
        <Skeleton className="h-48 w-full" />
      </Loading>
    );
  }
  if (!variables.data) return <ErrorNotice error={variables.error} onRetry={() => variables.refetch()} />;
  if (!allowed("variable.write")) return <VariablesTable variables={variables.data} />;
  return <VariablesForm serviceId={serviceId} stored={variables.data} />;
}
