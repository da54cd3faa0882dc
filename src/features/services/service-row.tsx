import Link from "next/link";
import type { ServiceSummary } from "@/features/api/outputs";
import { CommitSha } from "@/features/deployments/commit";
import { DeploymentStatus } from "@/features/deployments/deployment-status";
import { subject } from "@/features/deployments/describe";
import { RelativeTime } from "@/ui/relative-time";
import { describeSource } from "./describe-source";
import { Health } from "./health";
import { ServiceAddress } from "./service-address";

/** The whole row leads to the service; the address within it to the application. */
export function ServiceRow({ service }: { service: ServiceSummary }) {
  const source = describeSource(service.source);
  return (
    <li className="relative grid gap-x-6 gap-y-2 px-4 py-3 transition-colors first:rounded-t-lg last:rounded-b-lg hover:bg-hover md:grid-cols-[minmax(0,1.2fr)_8rem_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col items-start gap-0.5">
        <Link
          href={`/services/${service.id}`}
          className="max-w-full truncate font-medium text-base after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:outline-offset-[-2px]"
        >
          {service.name}
        </Link>
        <ServiceAddress service={service} className="relative z-10 max-w-full text-xs" />
      </div>
      <div className="flex items-center">
        <Health health={service.health} />
      </div>
      <div className="flex min-w-0 flex-col gap-0.5 text-xs">
        <LatestDeployment service={service} />
        <span className="truncate text-subtle" title={source.label}>
          {source.label}
          {source.detail && `, ${source.detail}`}
        </span>
      </div>
    </li>
  );
}

function LatestDeployment({ service }: { service: ServiceSummary }) {
  const latest = service.latestDeployment;
  if (!latest) return <span className="text-muted">Never deployed</span>;
  return (
    <span className="flex min-w-0 items-center gap-2 text-muted">
      <span className="tabular shrink-0">#{latest.number}</span>
      {latest.status === "live" ? null : <DeploymentStatus status={latest.status} />}
      {latest.commitSha && <CommitSha sha={latest.commitSha} />}
      {latest.commitMessage && <span className="truncate text-foreground">{subject(latest.commitMessage)}</span>}
      <RelativeTime at={latest.finishedAt ?? latest.createdAt} className="ml-auto shrink-0 text-subtle" />
    </span>
  );
}
