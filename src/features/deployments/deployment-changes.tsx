"use client";

import { useQuery } from "@tanstack/react-query";
import { Diff } from "lucide-react";
import Link from "next/link";
import { ErrorNotice } from "@/features/api/error-notice";
import type { Difference } from "@/features/api/outputs";
import { useTRPC } from "@/features/api/trpc";
import { Badge } from "@/ui/badge";
import { Card, CardHeader } from "@/ui/card";
import { EmptyState } from "@/ui/empty-state";
import { RelativeTime } from "@/ui/relative-time";
import { Loading, Skeleton } from "@/ui/skeleton";
import { Table, TableCell, TableHead, TableRow } from "@/ui/table";
import type { Tone } from "@/ui/tone";
import { CommitSha } from "./commit";
import { subject } from "./describe";

/** What this deployment changed against the one that was live before it. */
export function DeploymentChanges({ serviceId, deploymentId }: { serviceId: string; deploymentId: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.deployment.difference.queryOptions({ deploymentId }));
  if (query.isPending) {
    return (
      <Loading label="Loading the changes">
        <Skeleton className="h-48 w-full" />
      </Loading>
    );
  }
  if (!query.data) return <ErrorNotice error={query.error} onRetry={() => query.refetch()} />;
  const { comparedWith, commits, files, settings, variables } = query.data;
  if (!comparedWith) {
    return (
      <EmptyState icon={Diff} title="Nothing to compare with">
        No other deployment was live before this one.
      </EmptyState>
    );
  }
  const nothing = commits.length + files.length + settings.length + variables.length === 0;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">
        Compared with{" "}
        <Link className="link" href={`/services/${serviceId}/deployments/${comparedWith.id}`}>
          #{comparedWith.number}
        </Link>
        , which was live before.{nothing && " Nothing differs."}
      </p>
      <Commits commits={commits} />
      <Settings settings={settings} />
      <Variables variables={variables} />
      <Files files={files} />
    </div>
  );
}

function Commits({ commits }: { commits: Difference["commits"] }) {
  if (commits.length === 0) return null;
  return (
    <Card aria-labelledby="commits">
      <CardHeader id="commits" title={`Commits (${commits.length})`} />
      <ul className="divide-y">
        {commits.map((commit) => (
          <li key={commit.sha} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2.5">
            <CommitSha sha={commit.sha} />
            <span className="min-w-0 flex-1 basis-60 break-words">{subject(commit.message)}</span>
            <span className="text-subtle text-xs">
              {commit.authorName}, <RelativeTime at={commit.authoredAt} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Settings({ settings }: { settings: Difference["settings"] }) {
  if (settings.length === 0) return null;
  return (
    <Card aria-labelledby="changed-settings">
      <CardHeader id="changed-settings" title={`Settings (${settings.length})`} />
      <Table label="Changed settings">
        <thead>
          <tr>
            <TableHead>Setting</TableHead>
            <TableHead>Before</TableHead>
            <TableHead>Now</TableHead>
          </tr>
        </thead>
        <tbody>
          {settings.map((setting) => (
            <TableRow key={setting.field}>
              <TableCell>{setting.field}</TableCell>
              <TableCell className="font-mono text-muted text-xs">{setting.before}</TableCell>
              <TableCell className="font-mono text-xs">{setting.after}</TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

const tones: Record<string, Tone> = { added: "good", deleted: "bad", removed: "bad" };

function Change({ change }: { change: string }) {
  return (
    <Badge tone={tones[change] ?? "quiet"} className="w-18 justify-center">
      {change}
    </Badge>
  );
}

function Variables({ variables }: { variables: Difference["variables"] }) {
  if (variables.length === 0) return null;
  return (
    <Card aria-labelledby="changed-variables">
      <CardHeader id="changed-variables" title={`Variables (${variables.length})`} />
      <ul className="divide-y">
        {variables.map((variable) => (
          <li key={variable.key} className="flex items-center gap-3 px-4 py-2">
            <Change change={variable.change} />
            <code className="min-w-0 break-words font-mono text-xs">{variable.key}</code>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Files({ files }: { files: Difference["files"] }) {
  if (files.length === 0) return null;
  return (
    <Card aria-labelledby="files">
      <CardHeader id="files" title={`Files (${files.length})`} />
      <ul className="divide-y">
        {files.map((file) => (
          <li key={file.path} className="flex items-center gap-3 px-4 py-2">
            <Change change={file.change} />
            <code className="min-w-0 break-all font-mono text-xs">{file.path}</code>
          </li>
        ))}
      </ul>
    </Card>
  );
}
