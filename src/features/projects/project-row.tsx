import Link from "next/link";
import type { ProjectSummary } from "@/features/api/outputs";
import { RelativeTime } from "@/ui/relative-time";
import { Status } from "@/ui/status";

export function ProjectRow({ project }: { project: ProjectSummary }) {
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1 px-4 py-3 transition-colors first:rounded-t-lg last:rounded-b-lg hover:bg-hover sm:grid-cols-[minmax(0,1fr)_7rem_11rem_7rem]">
      <Link
        href={`/projects/${project.id}`}
        className="truncate font-medium text-base after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:outline-offset-[-2px]"
      >
        {project.name}
      </Link>
      <span className="tabular text-muted max-sm:text-right">{countServices(project.serviceCount)}</span>
      <ProjectState project={project} />
      <span className="text-subtle text-xs max-sm:text-right sm:text-right">
        <span className="sr-only">Created </span>
        <RelativeTime at={project.createdAt} />
      </span>
    </li>
  );
}

function countServices(count: number): string {
  return count === 1 ? "1 service" : `${count} services`;
}

function ProjectState({ project }: { project: ProjectSummary }) {
  if (project.deleting) return <Status tone="active" label="Deleting" />;
  if (project.failingCount > 0) {
    const running = project.runningCount > 0 ? `, ${project.runningCount} running` : "";
    return <Status tone="bad" label={`${project.failingCount} failing${running}`} />;
  }
  if (project.runningCount > 0) return <Status tone="good" label={`${project.runningCount} running`} />;
  return <Status tone="quiet" label="Nothing running" />;
}
