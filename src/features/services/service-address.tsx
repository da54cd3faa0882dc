import type { ServiceSummary } from "@/features/api/outputs";
import { ExternalLink } from "@/ui/external-link";

/** Where the application answers; before it ever went live nothing does, so there is nothing to open. */
export function ServiceAddress({ service, className }: { service: ServiceSummary; className?: string }) {
  const shown = service.url.replace(/^https?:\/\//, "");
  if (service.liveDeployment === null) {
    return (
      <span className={`truncate text-subtle ${className ?? ""}`} title="Its address, once it is deployed">
        {shown}
      </span>
    );
  }
  return (
    <ExternalLink href={service.url} className={className}>
      {shown}
    </ExternalLink>
  );
}
