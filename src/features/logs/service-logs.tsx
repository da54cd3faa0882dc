"use client";

import { ScrollText } from "lucide-react";
import { useService } from "@/features/services/use-service";
import { EmptyState } from "@/ui/empty-state";
import { LogPanel } from "./log-panel";

/** The log of what is live now; when another deployment goes live, its log takes over. */
export function ServiceLogs({ serviceId }: { serviceId: string }) {
  const service = useService(serviceId).data;
  // The frame around this shows what is wrong or under way.
  if (!service) return null;
  const live = service.liveDeployment;
  if (!live) {
    return (
      <EmptyState icon={ScrollText} title="Nothing is running yet">
        Deploy the service; what it writes to its standard output and error appears here while it runs.
      </EmptyState>
    );
  }
  return (
    <LogPanel
      key={live.id}
      deploymentId={live.id}
      kind="runtime"
      name="Runtime log"
      fileName={`${service.slug}-${live.number}`}
      waiting="What the application writes to its standard output and error appears here."
      nothing="The application wrote nothing."
      className="h-[44rem] max-h-[75dvh] min-h-80"
    />
  );
}
