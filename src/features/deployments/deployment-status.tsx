import { type DeploymentStatus as StatusName, statusTable } from "@/domain/deployment/status";
import { Status } from "@/ui/status";

export function DeploymentStatus({ status }: { status: StatusName }) {
  const { label, tone } = statusTable[status];
  return <Status tone={tone} label={label} />;
}
