"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorNotice } from "@/features/api/error-notice";
import { useTRPC } from "@/features/api/trpc";
import { useWatchPlatform } from "@/features/platform/use-platform";
import { signOutAndLeave } from "@/features/session/sign-out";
import { useViewer } from "@/features/session/viewer-context";
import { Breadcrumb } from "@/ui/breadcrumb";
import { Button } from "@/ui/button";
import { Card, CardBody, CardHeader } from "@/ui/card";
import { KeyValue, KeyValueList } from "@/ui/key-value";
import { PageHeader } from "@/ui/page-header";
import { Loading, Skeleton } from "@/ui/skeleton";
import { ChangePasswordCard } from "./change-password-card";
import { SessionList } from "./session-list";

export function AccountSettings() {
  useWatchPlatform();
  const { user, organizations } = useViewer();
  return (
    <>
      <div className="flex flex-col gap-3">
        <Breadcrumb crumbs={[{ label: "Projects", href: "/projects" }, { label: "Account settings" }]} />
        <PageHeader title="Account settings" actions={<Button onClick={() => signOutAndLeave()}>Sign out</Button>} />
      </div>
      <Card aria-labelledby="person">
        <CardHeader id="person" title="You" />
        <CardBody>
          <KeyValueList className="sm:grid-cols-3">
            <KeyValue label="Name">{user.name}</KeyValue>
            <KeyValue label="E-mail">{user.email}</KeyValue>
            <KeyValue label={organizations.length === 1 ? "Organization" : "Organizations"}>
              {organizations.map((organization) => (
                <span key={organization.id} className="block">
                  {organization.name} <span className="text-muted">as {organization.role}</span>
                </span>
              ))}
            </KeyValue>
          </KeyValueList>
        </CardBody>
      </Card>
      <ChangePasswordCard />
      <Sessions />
    </>
  );
}

function Sessions() {
  const trpc = useTRPC();
  const sessions = useQuery(trpc.viewer.sessions.queryOptions());
  if (sessions.isPending) {
    return (
      <Loading label="Loading the sessions">
        <Skeleton className="h-40 w-full" />
      </Loading>
    );
  }
  if (!sessions.data) return <ErrorNotice error={sessions.error} onRetry={() => sessions.refetch()} />;
  return <SessionList sessions={sessions.data} />;
}
